package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.ApplianceSettings;
import com.nineminds.alga.appliance.Credential;

import com.nineminds.alga.redeem.RegisterResource.Redeemed;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.guessing.RateLimited;
import com.nineminds.alga.http.problem.HttpProblem.DatabaseUnavailable;
import com.nineminds.alga.license.License;
import com.nineminds.alga.license.Licenses;
import com.nineminds.alga.registry.TenantId;
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
  @Inject ApplianceSettings settings;

  /**
   * Redeems the code for the machine, or gives it the same identity again. Its own transaction;
   * throws a problem for each refusal of the contract's table, none of which uses anything up.
   * Throws {@link RateLimited} for an appliance that has had its paid code again too often lately.
   */
  public Redeemed redeem(TypedCode typed, Machine machine) {
    for (int i = 0; i < TRIES; i++) {
      FoundCode found =
          redeems.find(typed, machine.tenant()).orElseThrow(() -> codes.unknown(typed));
      found.requireRedeemable(machine);
      Redeemed redeemed = write(found, machine);
      if (redeemed != null) {
        return redeemed;
      }
    }
    throw new DatabaseUnavailable();
  }

  /** Null when something of what was found is no longer so. */
  private Redeemed write(FoundCode found, Machine machine) {
    try {
      return found.entitlement() == null ? free(found, machine) : paid(found, machine);
    } catch (LostRace race) {
      return null;
    }
  }

  private Redeemed free(FoundCode found, Machine machine) {
    boolean done = found.isRepeatOf(machine) || redeems.consumeFree(found, machine);
    return done ? answer(found, null, null) : null;
  }

  private Redeemed paid(FoundCode found, Machine machine) {
    License license = licenses.sign(found.claims());
    Credential credential = Credential.mint();
    boolean done =
        found.isRepeatOf(machine)
            ? redeems.replaceCredential(found, machine, credential, license)
            : redeems.consumePaid(found, machine, credential, license);
    return done ? answer(found, credential, license) : null;
  }

  private Redeemed answer(FoundCode found, Credential credential, License license) {
    TenantId tenant = found.tenant();
    return new Redeemed(
        tenant == null ? null : tenant.toString(),
        found.edition(),
        found.customer(),
        found.contactEmail(),
        credential == null ? null : credential.value(),
        license == null ? null : license.jwt(),
        license == null ? null : settings.checkInUrl());
  }
}
