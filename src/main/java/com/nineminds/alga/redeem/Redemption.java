package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.RetryPolicy;
import com.nineminds.alga.guessing.RateLimited;
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

  @Inject Redeems redeems;
  @Inject ClaimCodes codes;
  @Inject Licenses licenses;

  /**
   * Redeems the code for the machine, or gives it the same identity again. Its own transaction;
   * throws a problem for each refusal of the contract's table, none of which uses anything up.
   * Throws {@link RateLimited} for an appliance that has had its paid code again too often lately.
   */
  public Identity redeem(TypedCode typed, RedeemRequest request) {
    return RetryPolicy.run(() -> redeemOnce(typed, request));
  }

  /**
   * Throws {@link LostRace} when another request has consumed, revoked or replaced the code between
   * the two statements.
   */
  private Identity redeemOnce(TypedCode typed, RedeemRequest request) {
    CodeSnapshot found =
        redeems.find(typed, request.tenant()).orElseThrow(() -> codes.unknown(typed));
    found.requireRedeemable(request);
    return found.entitlement() == null ? free(found, request) : paid(found, request);
  }

  private Identity free(CodeSnapshot found, RedeemRequest request) {
    if (!found.isRepeatOf(request) && !redeems.consumeFree(found, request)) {
      throw LostRace.seen();
    }
    return identity(found, null, null);
  }

  private Identity paid(CodeSnapshot found, RedeemRequest request) {
    License license = licenses.sign(found.claims());
    Credential credential = Credential.mint();
    boolean done =
        found.isRepeatOf(request)
            ? redeems.replaceCredential(found, request, credential, license)
            : redeems.consumePaid(found, request, credential, license);
    if (!done) {
      throw LostRace.seen();
    }
    return identity(found, credential, license);
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
