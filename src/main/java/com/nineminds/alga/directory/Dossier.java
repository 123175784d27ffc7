package com.nineminds.alga.directory;

import com.nineminds.alga.appliance.Appliance;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.Tenant;
import java.util.List;

/**
 * All data of one tenant that is shown.
 *
 * @param entitlement the active one, else the newest; null if the tenant never had one
 * @param codes newest first, at most 100
 * @param appliances newest first, at most 100
 */
public record Dossier(
    Tenant tenant, Entitlement entitlement, List<IssuedCode> codes, List<Appliance> appliances) {

  /** The state of the newest code as the operator saw it. A re-issue checks it. */
  public String seenCode() {
    return codes.stream()
        .filter(IssuedCode::newest)
        .findFirst()
        .map(IssuedCode::seen)
        .orElse(IssuedCode.NONE_SEEN);
  }
}
