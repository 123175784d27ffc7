package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.entitlement.Entitlement.Terms;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.registry.TenantId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A license has claims and a lifetime. A held license is fresh, or must be replaced. */
@SuppressWarnings("UnnecessaryAssignment") // no container injects the fields here
class LicensesTest {

  private static final KeyPair PAIR = TestKeys.p256();
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final Terms CONNECTED = new Terms(Tier.pro, 25, Transport.connected);

  private final CountingMetrics metrics = new CountingMetrics();
  private final Licenses licenses = new Licenses();

  @BeforeEach
  void assemble() {
    licenses.metrics = metrics.registry();
    licenses.settings = settings("now");
    at(NOW);
  }

  @Test
  void headerSaysEs256AndTheKey() {
    JsonObject header = part(licenses.sign(claims(CONNECTED)), 0);
    assertThat(header.keySet()).containsExactlyInAnyOrder("alg", "typ", "kid");
    assertThat(header.getString("alg")).isEqualTo("ES256");
    assertThat(header.getString("typ")).isEqualTo("JWT");
    assertThat(header.getString("kid")).isEqualTo("now");
  }

  @Test
  void claimsAreThoseOfTheContract() {
    License license = licenses.sign(claims(CONNECTED));
    assertThat(part(license, 1))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("iss", "nineminds-license")
                .add("sub", "lic_1")
                .add("cust", "M\u00fcller & S\u00f6hne")
                .add("tier", "pro")
                .add("seats", 25)
                .add("iat", NOW.getEpochSecond())
                .add("exp", NOW.plus(Duration.ofDays(31)).getEpochSecond())
                .add("aud", TENANT.toString())
                .build());
  }

  @Test
  void unlimitedLicenseHasNoSeatsAndOneWithoutATenantNoAudience() {
    Terms terms = new Terms(Tier.premium, null, Transport.connected);
    License license = licenses.sign(new LicenseClaims("lic_1", "Acme", terms, null));
    assertThat(part(license, 1).keySet())
        .containsExactlyInAnyOrder("iss", "sub", "cust", "tier", "iat", "exp");
    assertThat(part(license, 1).getString("tier")).isEqualTo("premium");
  }

  @Test
  void signatureIsVerifiedByThePublishedKey() throws GeneralSecurityException {
    String jwt = licenses.sign(claims(CONNECTED)).jwt();
    int dot = jwt.lastIndexOf('.');
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(licenses.settings.keys().published().get("now"));
    verifier.update(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)))).isTrue();
  }

  @Test
  void connectedLicenseLives31DaysAndAnAirgapOne396() {
    assertThat(licenses.sign(claims(CONNECTED)).expires()).isEqualTo(NOW.plus(Duration.ofDays(31)));
    License airgap = licenses.sign(claims(new Terms(Tier.pro, 25, Transport.airgap)));
    assertThat(airgap.expires()).isEqualTo(NOW.plus(Duration.ofDays(396)));
    assertThat(part(airgap, 1).getInt("exp")).isEqualTo(airgap.expires().getEpochSecond());
  }

  @Test
  void timesAreWholeSeconds() {
    at(NOW.plusMillis(999));
    License license = licenses.sign(claims(CONNECTED));
    assertThat(license.expires()).isEqualTo(NOW.plus(Duration.ofDays(31)));
    assertThat(part(license, 1).getJsonNumber("iat").isIntegral()).isTrue();
    assertThat(part(license, 1).getInt("iat")).isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void heldLicenseIsFreshUntilFewerThan30DaysAreLeft() {
    License held = licenses.sign(claims(CONNECTED));
    for (Duration age : List.of(Duration.ZERO, Duration.ofHours(23), Duration.ofDays(1))) {
      at(NOW.plus(age));
      assertThat(isFresh(held, claims(CONNECTED))).as("after %s", age).isTrue();
    }
    for (Duration more : List.of(Duration.ofNanos(1), Duration.ofSeconds(1), Duration.ofDays(40))) {
      at(NOW.plus(Duration.ofDays(1)).plus(more));
      assertThat(isFresh(held, claims(CONNECTED))).as("%s later", more).isFalse();
    }
  }

  @Test
  void airgapLicenseIsFreshUntilFewerThan30DaysAreLeftToo() {
    LicenseClaims airgap = claims(new Terms(Tier.pro, 25, Transport.airgap));
    License held = licenses.sign(airgap);
    at(held.expires().minus(Duration.ofDays(30)));
    assertThat(isFresh(held, airgap)).isTrue();
    at(held.expires().minus(Duration.ofDays(30)).plusSeconds(1));
    assertThat(isFresh(held, airgap)).isFalse();
  }

  @Test
  void heldLicenseWithOtherClaimsIsNotFresh() {
    License held = licenses.sign(claims(CONNECTED));
    assertThat(isFresh(held, claims(new Terms(Tier.pro, 26, Transport.connected)))).isFalse();
    assertThat(isFresh(held, new LicenseClaims("lic_1", "Renamed", CONNECTED, TENANT))).isFalse();
  }

  @Test
  void heldLicenseOfAnotherKeyIsNotFresh() {
    License held = licenses.sign(claims(CONNECTED));
    licenses.settings = settings("next");
    assertThat(isFresh(held, claims(CONNECTED))).isFalse();
    licenses.settings = settings("now");
    assertThat(isFresh(held, claims(CONNECTED))).isTrue();
  }

  @Test
  void whatIsNotHeldIsNotFresh() {
    assertThat(licenses.isFresh(claims(CONNECTED), null, null)).isFalse();
  }

  @Test
  void everyLicenseIsCountedByItsKey() {
    licenses.sign(claims(CONNECTED));
    licenses.sign(claims(CONNECTED));
    assertThat(metrics.counts()).containsEntry("alga_licenses_signed{kid=now}", 2);
    assertThat(metrics.counts()).containsEntry("alga_license_signing", 2);
  }

  @Test
  void tokenIsNeverShown() {
    License license = licenses.sign(claims(CONNECTED));
    assertThat(license.toString()).doesNotContain("eyJ").contains("2026-08-01");
  }

  private boolean isFresh(License held, LicenseClaims claims) {
    return licenses.isFresh(claims, held.fingerprint(), held.expires());
  }

  private void at(Instant now) {
    licenses.clock = Clock.fixed(now, ZoneOffset.UTC);
  }

  private static LicenseSettings settings(String kid) {
    return new LicenseSettings(
        SigningKeys.load(kid, TestKeys.pkcs8(PAIR), Optional.empty()),
        Duration.ofDays(31),
        Duration.ofDays(396));
  }

  private static LicenseClaims claims(Terms terms) {
    return new LicenseClaims("lic_1", "M\u00fcller & S\u00f6hne", terms, TENANT);
  }

  private static JsonObject part(License license, int index) {
    byte[] json = Base64.getUrlDecoder().decode(license.jwt().split("\\.", -1)[index]);
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reader.readObject();
    }
  }
}
