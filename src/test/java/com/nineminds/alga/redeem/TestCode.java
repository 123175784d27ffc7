package com.nineminds.alga.redeem;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nineminds.alga.entitlement.Entitlement.Terms;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.problem.Problem;
import com.nineminds.alga.redeem.CodeSnapshot.Bought;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import java.time.Instant;
import java.util.UUID;

/** A builder for the snapshot of a code, which is live and paid by default. */
final class TestCode {

  static final Instant WHEN = Instant.parse("2026-03-05T12:00:00Z");
  static final TenantId TENANT = new TenantId(new UUID(1, 1));
  static final TenantId OTHER = new TenantId(new UUID(1, 2));

  boolean expired;
  Instant consumedAt;
  String consumedBy;
  TenantId consumedFor;
  Instant revokedAt;
  Instant supersededAt;
  boolean repeatable;
  boolean namesKnownTenant;
  TenantId tenant = TENANT;
  TenantStatus status = TenantStatus.registered;
  String company = "Acme";
  boolean paid = true;
  boolean active = true;
  boolean bindable = true;
  boolean credentialUnused;

  CodeSnapshot build() {
    Terms terms = new Terms(Tier.premium, 25, Transport.connected);
    Bought bought =
        new Bought(
            new UUID(3, 3), terms, active, "lic_1", "Buyer", bindable, credentialUnused, ZERO);
    return new CodeSnapshot(
        new UUID(2, 2),
        WHEN,
        expired,
        consumedAt,
        consumedBy,
        consumedFor,
        revokedAt,
        supersededAt,
        repeatable,
        namesKnownTenant,
        tenant,
        status,
        company,
        company == null ? null : "it@acme.test",
        paid ? bought : null);
  }

  TestCode consumedBy(String machine) {
    consumedAt = WHEN;
    consumedBy = machine;
    repeatable = true;
    credentialUnused = true;
    return this;
  }

  TestCode revoked() {
    revokedAt = WHEN;
    return this;
  }

  TestCode superseded() {
    supersededAt = WHEN;
    revokedAt = consumedAt == null ? WHEN : null;
    repeatable = false;
    return this;
  }

  static void assertRedeemable(TestCode code, RedeemRequest request) {
    assertThatCode(() -> code.build().requireRedeemable(request)).doesNotThrowAnyException();
  }

  static void assertRefused(TestCode code, RedeemRequest request, String outcome, String... words) {
    Problem refusal = refusal(code, request);
    assertThat(refusal.status() + " " + refusal.code()).isEqualTo(outcome);
    for (String word : words) {
      assertThat(refusal.getMessage()).contains(word);
    }
  }

  static Problem refusal(TestCode code, RedeemRequest request) {
    CodeSnapshot found = code.build();
    return catchThrowableOfType(Problem.class, () -> found.requireRedeemable(request));
  }
}
