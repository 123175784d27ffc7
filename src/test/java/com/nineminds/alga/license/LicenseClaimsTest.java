package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.entitlement.Entitlement.Terms;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.registry.TenantId;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fingerprint shows whether a held license still has the right claims. */
class LicenseClaimsTest {

  private static final Terms TERMS = new Terms(Tier.pro, 25, Transport.connected);
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final LicenseClaims CLAIMS = new LicenseClaims("lic_1", "Acme", TERMS, TENANT);

  @Test
  void sameClaimsAndKeyHaveTheSameFingerprint() {
    assertThat(new LicenseClaims("lic_1", "Acme", TERMS, TENANT).fingerprint("kid"))
        .isEqualTo(CLAIMS.fingerprint("kid"))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void otherKeyHasAnother() {
    assertThat(CLAIMS.fingerprint("kid-2")).isNotEqualTo(CLAIMS.fingerprint("kid"));
  }

  static Stream<LicenseClaims> otherClaims() {
    return Stream.of(
        new LicenseClaims("lic_2", "Acme", TERMS, TENANT),
        new LicenseClaims("lic_1", "Acme Inc", TERMS, TENANT),
        new LicenseClaims("lic_1", "acme", TERMS, TENANT),
        with(Tier.premium, 25, Transport.connected),
        with(Tier.pro, 26, Transport.connected),
        with(Tier.pro, null, Transport.connected),
        with(Tier.pro, 25, Transport.airgap),
        new LicenseClaims("lic_1", "Acme", TERMS, new TenantId(new UUID(1, 3))),
        new LicenseClaims("lic_1", "Acme", TERMS, null));
  }

  @ParameterizedTest
  @MethodSource("otherClaims")
  void everyPartCounts(LicenseClaims other) {
    assertThat(other.fingerprint("kid")).isNotEqualTo(CLAIMS.fingerprint("kid"));
  }

  @Test
  void onlySeatsAndAudienceMayBeMissing() {
    assertThatThrownBy(() -> new LicenseClaims(null, "Acme", TERMS, TENANT))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new LicenseClaims("lic_1", null, TERMS, TENANT))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new LicenseClaims("lic_1", "Acme", null, TENANT))
        .isInstanceOf(NullPointerException.class);
  }

  private static LicenseClaims with(Tier tier, Integer seats, Transport transport) {
    return new LicenseClaims("lic_1", "Acme", new Terms(tier, seats, transport), TENANT);
  }
}
