package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.guessing.RateLimited;
import com.nineminds.alga.http.problem.HttpProblem.DatabaseUnavailable;
import com.nineminds.alga.license.License;
import com.nineminds.alga.license.Licenses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Redeeming a code, in two round trips: read all that decides, then write all of it in one
 * statement, which is one transaction and does nothing unless the code can still be consumed.
 * Between the two a license is signed, and no lock is held. A crash, a failed signature or a lost
 * race leaves the code as it was.
 */
@ApplicationScoped
public class Redemption {

  /**
   * Each further try needs another request to have won the code, or to have revoked it, meanwhile.
   */
  private static final int TRIES = 3;

  @Inject Redeems redeems;
  @Inject ClaimCodes codes;
  @Inject Licenses licenses;

  /**
   * Redeems the code for the machine, or gives it the same identity again. Its own transaction;
   * throws a problem for each refusal of the contract's table, none of which uses anything up.
   * Throws {@link RateLimited} for an appliance that has had its paid code again too often lately.
   */
  public Identity redeem(TypedCode typed, RedeemRequest request) {
    for (int i = 0; i < TRIES; i++) {
      CodeSnapshot found =
          redeems.find(typed, request.tenant()).orElseThrow(() -> codes.unknown(typed));
      found.requireRedeemable(request);
      Identity identity = write(found, request);
      if (identity != null) {
        return identity;
      }
    }
    throw new DatabaseUnavailable();
  }

  /** Null when something of what was found is no longer so. */
  private Identity write(CodeSnapshot found, RedeemRequest request) {
    try {
      return found.entitlement() == null ? free(found, request) : paid(found, request);
    } catch (LostRace race) {
      return null;
    }
  }

  private Identity free(CodeSnapshot found, RedeemRequest request) {
    boolean done = found.isRepeatOf(request) || redeems.consumeFree(found, request);
    return done ? identity(found, null, null) : null;
  }

  private Identity paid(CodeSnapshot found, RedeemRequest request) {
    License license = licenses.sign(found.claims());
    Credential credential = Credential.mint();
    boolean done =
        found.isRepeatOf(request)
            ? redeems.replaceCredential(found, request, credential, license)
            : redeems.consumePaid(found, request, credential, license);
    return done ? identity(found, credential, license) : null;
  }

  private static Identity identity(CodeSnapshot found, Credential credential, License license) {
    return new Identity(
        found.tenant(),
        found.edition(),
        found.customer(),
        found.contactEmail(),
        credential,
        license);
  }
}
