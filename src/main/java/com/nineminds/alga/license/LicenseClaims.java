package com.nineminds.alga.license;

import com.nineminds.alga.digest.Sha256;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.TenantId;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The content of a license without its times.
 *
 * @param sub {@code lic_} and a unique id; all licenses of one entitlement have the same
 * @param customer the name of the company
 * @param audience the tenant; null if none is known
 */
public record LicenseClaims(
    String sub, String customer, Entitlement.Terms terms, TenantId audience) {

  public LicenseClaims {
    Objects.requireNonNull(sub);
    Objects.requireNonNull(customer);
    Objects.requireNonNull(terms);
  }

  /**
   * A digest of the content and of the signing key. A held license with another fingerprint must be
   * replaced.
   */
  String fingerprint(String kid) {
    // one value per line, because no value can contain a line break
    String all =
        String.join(
            "\n",
            kid,
            sub,
            customer,
            terms.tier().name(),
            String.valueOf(terms.seats()),
            terms.transport().name(),
            String.valueOf(audience));
    return HexFormat.of().formatHex(Sha256.of(all));
  }
}
