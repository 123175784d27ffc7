package com.nineminds.alga.license;

import com.nineminds.alga.digest.Sha256;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.TenantId;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a license says, apart from its times.
 *
 * @param sub {@code lic_} and a unique id, kept across re-signs of one entitlement
 * @param customer the company's name
 * @param audience the tenant; null when none is known
 */
public record LicenseClaims(
    String sub, String customer, Entitlement.Terms terms, TenantId audience) {

  public LicenseClaims {
    Objects.requireNonNull(sub);
    Objects.requireNonNull(customer);
    Objects.requireNonNull(terms);
  }

  /**
   * A digest of all that a license says and of the key that signed it: a held license with another
   * fingerprint must be replaced.
   */
  String fingerprint(String kid) {
    // a line each: none of them can contain a line break
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
