package com.nineminds.alga.checkin;

import com.nineminds.alga.appliance.ApplianceProblem.InvalidCredential;
import com.nineminds.alga.appliance.ApplianceProblem.RevokedAppliance;
import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.license.License;
import com.nineminds.alga.license.Licenses;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Checking in, in one round trip, which records it and reads what the license is to say; another
 * one when the appliance is in another network than before; and one when a license was signed, or
 * when it is the first check-in after an install. Each is a transaction of its own, so that no lock
 * is held while signing. A check-in that signs looks again as it keeps the license, so that it says
 * "revoked" once an operator was told that the tenant is suspended or the appliance revoked; one
 * that signs nothing is decided by its one statement.
 */
@ApplicationScoped
public class CheckIn {

  @Inject CheckIns checkIns;
  @Inject Licenses licenses;
  @Inject CurrentRequest current;

  /**
   * Records the check-in and gives the license, signed anew if it must be. Empty when the license
   * is revoked; the appliance keeps its token until that expires. Throws {@code invalid_credential}
   * or {@code revoked_appliance}.
   *
   * @param heldSub of the license that the appliance says it has, for the record of a refusal; null
   *     if it does not say
   */
  public Optional<License> checkIn(Credential credential, String heldSub) {
    ApplianceSnapshot seen =
        checkIns.see(credential).orElseThrow(() -> refusal(credential, heldSub));
    current.log(TenantId.LOGGED, seen.claims().audience());
    if (seen.moved()) {
      checkIns.move(credential);
    }
    if (!seen.mayRun()) {
      return revoked();
    }
    if (seen.token() == null
        || !licenses.isFresh(seen.claims(), seen.fingerprint(), seen.expires())) {
      return signed(credential, seen);
    }
    if (seen.isInstalled()) {
      checkIns.activate(seen);
    }
    return Optional.of(new License(seen.token(), seen.expires(), seen.fingerprint()));
  }

  private Optional<License> signed(Credential credential, ApplianceSnapshot seen) {
    License license = licenses.sign(seen.claims());
    return checkIns.keep(credential, license, seen) ? Optional.of(license) : revoked();
  }

  private Optional<License> revoked() {
    current.outcome("revoked");
    return Optional.empty();
  }

  private RuntimeException refusal(Credential credential, String heldSub) {
    return checkIns.refuse(credential, heldSub) ? new RevokedAppliance() : new InvalidCredential();
  }
}
