package com.nineminds.alga.directory;

import com.nineminds.alga.appliance.Appliance;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.Tenant;
import java.util.List;

/**
 * All that is shown of one tenant.
 *
 * @param entitlement the active one, else the newest; null for a tenant that never had one
 * @param codes newest first, at most 100
 * @param appliances newest first, at most 100
 */
public record Dossier(
    Tenant tenant, Entitlement entitlement, List<IssuedCode> codes, List<Appliance> appliances) {

  /** What a re-issue is told that the operator saw of the newest code. */
  public String seenCode() {
    return codes.stream()
        .filter(IssuedCode::newest)
        .findFirst()
        .map(IssuedCode::seen)
        .orElse(IssuedCode.NONE_SEEN);
  }
}
