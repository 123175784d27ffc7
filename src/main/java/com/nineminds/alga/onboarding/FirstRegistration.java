package com.nineminds.alga.onboarding;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Creates a tenant with all that comes with it (key, entitlement, code, audit) in one statement:
 * one round trip, all or nothing, with or without a transaction around it.
 */
@ApplicationScoped
class FirstRegistration {

  private static final String ASKED =
      """
      tenant_id uuid, edition text, product_code text, deployment_type text, region text,
      company_name text, contact_name text, contact_email text, stripe_customer_id text""";

  private static final String NEW =
      "WITH :asked(%s)\n, new AS (SELECT * FROM asked WHERE true%s%s)\n";

  private static final String NEW_KEY =
      " AND NOT EXISTS (SELECT FROM idempotency_keys WHERE idempotency_key = key)";

  private static final String NEW_SUBSCRIPTION =
      " AND NOT EXISTS"
          + " (SELECT FROM entitlements e WHERE e.stripe_sub_id = asked.stripe_sub_id)";

  private static final String TENANT =
      """
      , tenant AS (
        INSERT INTO tenant_registry (tenant_id, edition, product_code, deployment_type, region,
          company_name, contact_name, contact_email, stripe_customer_id)
        SELECT tenant_id, edition, product_code, deployment_type, region, company_name,
          contact_name, contact_email, stripe_customer_id
        FROM new
      )
      """;

  private static final String KEY =
      """
      , keyed AS (
        INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id)
        SELECT key, digest, tenant_id FROM new
      )
      """;

  private static final String ENTITLEMENT =
      """
      , entitlement AS (
        INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, seats, transport, license_sub)
        SELECT entitlement_id, tenant_id, stripe_sub_id, tier, seats, transport, license_sub
        FROM new
      )
      """;

  private static final String CODE =
      """
      , code AS (
        INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at)
        SELECT code_id, tenant_id, %s, code_hash, code_last4,
          now() + make_interval(secs => code_ttl)
        FROM new
      )
      """;

  private static final Map<Parts, String> SQL = new ConcurrentHashMap<>();

  /** What there is besides a tenant. */
  private record Parts(boolean keyed, boolean named, boolean paid, boolean coded) {}

  @Inject Database database;
  @Inject ClaimCodes codes;
  @Inject AuditLog auditLog;

  /**
   * Creates the tenant of the form, in a batch with other new tenants, which is a transaction of
   * its own. Gives empty when the key or the subscription of the form exists already.
   *
   * @param key null for none
   * @throws com.nineminds.alga.db.LostRace when another request creates one of them at this moment;
   *     nothing was written
   */
  Optional<Registered> create(TenantForm form, IdempotencyKey key) {
    return create(form, key, database::batched);
  }

  /** The same in the caller's transaction. */
  Optional<Registered> createInTransaction(TenantForm form, IdempotencyKey key) {
    return create(form, key, database::query);
  }

  private Optional<Registered> create(
      TenantForm form, IdempotencyKey key, Function<String, SqlCall> how) {
    TenantId id = form.tenantId() == null ? TenantId.mint() : form.tenantId();
    Optional<Entitlement.Terms> bought = form.bought();
    // with the payment still open there is nothing to install yet
    boolean coded = bought.isPresent() || !form.customer().edition().isPaid();
    MintedCode draft = coded ? codes.draft() : null;
    SqlCall call =
        bindTenant(
            how.apply(
                SQL.computeIfAbsent(
                    new Parts(key != null, form.stripeSubId() != null, bought.isPresent(), coded),
                    FirstRegistration::sql)),
            id,
            form.customer());
    if (key != null) {
      call.with("key", key.value()).with("digest", key.digest());
    }
    if (form.stripeSubId() != null) {
      call.with("stripe_sub_id", form.stripeSubId());
    }
    bought.ifPresent(
        terms ->
            call.with("entitlement_id", UUID.randomUUID())
                .with("tier", terms.tier())
                .with("seats", terms.seats())
                .with("transport", terms.transport())
                .with("license_sub", Entitlement.mintLicenseSub()));
    if (coded) {
      codes.bind(call, draft);
    }
    return auditLog
        .bind(call, Actor.service)
        .row(row -> coded ? row.instant("expires_at") : Instant.EPOCH)
        .map(
            expiresAt ->
                new Registered(
                    true,
                    id,
                    form.customer().edition(),
                    TenantStatus.registered,
                    coded ? new MintedCode(draft.id(), draft.code(), expiresAt) : null));
  }

  private static SqlCall bindTenant(SqlCall call, TenantId id, TenantForm.Customer customer) {
    return call.with("tenant_id", id.value())
        .with("edition", customer.edition())
        .with("product_code", customer.productCode())
        .with("deployment_type", customer.deploymentType())
        .with("region", customer.region())
        .with("company_name", customer.companyName())
        .with("contact_name", customer.contactName())
        .with("contact_email", customer.contactEmail().value())
        .with("stripe_customer_id", customer.stripeCustomerId());
  }

  private static String sql(Parts parts) {
    List<String> asked = new ArrayList<>(List.of(ASKED, AuditLog.ASKED));
    if (parts.keyed()) {
      asked.add("key text, digest text");
    }
    if (parts.named()) {
      asked.add("stripe_sub_id text");
    }
    if (parts.paid()) {
      asked.add("entitlement_id uuid, tier text, seats integer, transport text, license_sub text");
    }
    if (parts.coded()) {
      asked.add(ClaimCodes.ASKED);
    }
    List<String> audit = new ArrayList<>();
    audit.add(AuditLog.rowOfEach(AuditEvent.tenant_registered, "tenant_id", "NULL", "new"));
    if (parts.paid()) {
      audit.add(
          AuditLog.rowOfEach(AuditEvent.entitlement_changed, "tenant_id", "stripe_sub_id", "new"));
    }
    if (parts.coded()) {
      audit.add(
          AuditLog.rowOfEach(AuditEvent.code_minted, "tenant_id", "'****' || code_last4", "new"));
    }
    return NEW.formatted(
            String.join(", ", asked),
            parts.keyed() ? NEW_KEY : "",
            parts.named() ? NEW_SUBSCRIPTION : "")
        + TENANT
        + (parts.keyed() ? KEY : "")
        + (parts.paid() ? ENTITLEMENT : "")
        + (parts.coded() ? CODE.formatted(parts.paid() ? "entitlement_id" : "NULL") : "")
        + AuditLog.with(audit.toArray(String[]::new))
        + (parts.coded()
            ? "SELECT n, now() + make_interval(secs => code_ttl) AS expires_at FROM new"
            : "SELECT n FROM new");
  }
}
