package com.nineminds.alga.code;

import com.nineminds.alga.guessing.WrongGuess;
import com.nineminds.alga.http.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The reasons why a code cannot be redeemed, and other refusals about codes. A setup screen shows
 * these sentences unchanged.
 */
public abstract class CodeProblem extends Problem {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final String NEXT = "; please request a fresh code from the portal.";

  private CodeProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 404: the code is not known, or the text cannot be a code. */
  public static final class InvalidClaimCode extends CodeProblem implements WrongGuess {
    static final String UNKNOWN =
        "This install code is not known; check it for typing errors, or request a fresh code from"
            + " the portal.";
    static final String TOO_SHORT =
        "This install code is not complete: a code has %d characters; please check it and type it"
            + " again, or request a fresh code from the portal.";
    static final String TOO_LONG =
        "This install code is too long: a code has %d characters; please check it and type it"
            + " again, or request a fresh code from the portal.";
    static final String FOREIGN_CHARACTER =
        "This install code has a character that no code has: codes never contain 0, O, 1, I or L;"
            + " please check it and type it again, or request a fresh code from the portal.";

    private InvalidClaimCode(String error) {
      super(404, "invalid_claim_code", error);
    }

    /** The text could be a code, but there is no such code. */
    static InvalidClaimCode unknown() {
      return new InvalidClaimCode(UNKNOWN);
    }

    /** The text has fewer than {@code length} characters. */
    static InvalidClaimCode tooShort(int length) {
      return new InvalidClaimCode(TOO_SHORT.formatted(length));
    }

    /** The text has more than {@code length} characters. */
    static InvalidClaimCode tooLong(int length) {
      return new InvalidClaimCode(TOO_LONG.formatted(length));
    }

    /** The text has a character that no code has. */
    static InvalidClaimCode foreignCharacter() {
      return new InvalidClaimCode(FOREIGN_CHARACTER);
    }

    @Override
    public Duration countsOnceIn() {
      return WrongGuess.UNKNOWN;
    }
  }

  /** 410: the code has expired. */
  public static final class ExpiredClaimCode extends CodeProblem implements WrongGuess {
    public ExpiredClaimCode(Instant expiredAt) {
      super(
          410,
          "expired_claim_code",
          "This install code expired on " + DATE.format(expiredAt) + NEXT);
    }

    @Override
    public Duration countsOnceIn() {
      return WORN_OUT;
    }
  }

  /** 409: the code was used, and this appliance may not redeem it again. */
  public static final class ConsumedClaimCode extends CodeProblem implements WrongGuess {
    public ConsumedClaimCode(Instant consumedAt) {
      super(
          409,
          "consumed_claim_code",
          "This install code was already used on " + DATE.format(consumedAt) + NEXT);
    }

    @Override
    public Duration countsOnceIn() {
      return WORN_OUT;
    }
  }

  /** 409: a newer code replaced the code, or an operator revoked it. */
  public static final class SupersededClaimCode extends CodeProblem implements WrongGuess {
    private SupersededClaimCode(String error) {
      super(409, "superseded_claim_code", error);
    }

    /** A newer code was issued. */
    public static SupersededClaimCode replaced(Instant at) {
      return new SupersededClaimCode(
          "This install code was replaced by a newer one on "
              + DATE.format(at)
              + "; use the newest code, or request a fresh code from the portal.");
    }

    /** The code was revoked, and no newer code exists. */
    public static SupersededClaimCode revoked(Instant at) {
      return new SupersededClaimCode("This install code was revoked on " + DATE.format(at) + NEXT);
    }

    @Override
    public Duration countsOnceIn() {
      return WORN_OUT;
    }
  }

  /** 409: the code is for another installation. The code is not used up. */
  public static final class TenantMismatch extends CodeProblem {
    public TenantMismatch() {
      super(
          409,
          "tenant_mismatch",
          "This install code belongs to another installation and was not used up; please request a"
              + " fresh code for this installation from the portal.");
    }
  }

  /** 409: the code was used, revoked or replaced after it was shown to the operator. */
  public static final class CodeChanged extends CodeProblem {
    public CodeChanged() {
      super(
          409,
          "code_changed",
          "This install code was used, revoked or replaced meanwhile, so nothing was changed; look at"
              + " the codes of this tenant again before you decide.");
    }
  }
}
