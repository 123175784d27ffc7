package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database itself refuses these changes, for every client. */
class SchemaIT {

  private static final String INSERT_CODE =
      """
      INSERT INTO claim_codes (id, tenant_id, code_hash, code_last4, expires_at)
      VALUES (gen_random_uuid(), ?, sha256(gen_random_uuid()::text::bytea), '2345', now() + '1 h')
      """;

  private static final String INSERT_ENTITLEMENT =
      """
      INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, seats, transport, active, license_sub)
      VALUES (gen_random_uuid(), ?, ?, ?, ?, ?, ?, 'lic_' || gen_random_uuid())
      """;

  private static final String INSERT_APPLIANCE =
      """
      INSERT INTO appliances (appliance_id, tenant_id, entitlement_id, claim_code_id, credential_hash)
      SELECT ?, c.tenant_id, c.entitlement_id, c.id, sha256(gen_random_uuid()::text::bytea)
      FROM claim_codes c WHERE c.tenant_id = ? ORDER BY c.created_at DESC LIMIT 1
      """;

  private static final String INSERT_AUDIT =
      "INSERT INTO audit_log (event, actor, operator) VALUES ('operator_signed_in', ?, ?)";

  private final Sql sql = Stage.sql();

  @Test
  void codeIsNotBothConsumedAndRevoked() {
    UUID tenant = essentials();
    assertViolates(
        "claim_codes_not_consumed_and_revoked",
        "UPDATE claim_codes SET consumed_at = now(), consumed_by = 'x', revoked_at = now()"
            + " WHERE tenant_id = ?",
        tenant);
  }

  @Test
  void codeIsConsumedBySomeone() {
    assertViolates(
        "claim_codes_consumed_by_someone",
        "UPDATE claim_codes SET consumed_at = now() WHERE tenant_id = ?",
        essentials());
  }

  @Test
  void supersededCodeIsNotLive() {
    assertViolates(
        "claim_codes_superseded_is_not_live",
        "UPDATE claim_codes SET superseded_at = now() WHERE tenant_id = ?",
        essentials());
  }

  @Test
  void tenantHasNoSecondLiveCode() {
    assertViolates("claim_codes_one_newest_per_tenant", INSERT_CODE, essentials());
  }

  @Test
  void codeBelongsToSomeone() {
    assertViolates(
        "claim_codes_belong_to_someone",
        "UPDATE claim_codes SET tenant_id = NULL WHERE tenant_id = ?",
        essentials());
  }

  @Test
  void codeHashIsUnique() {
    UUID one = essentials();
    assertViolates(
        "claim_codes_code_hash_key",
        "UPDATE claim_codes SET code_hash = (SELECT code_hash FROM claim_codes WHERE tenant_id = ?)"
            + " WHERE tenant_id = ?",
        one,
        essentials());
  }

  @Test
  void subscriptionHasOneEntitlement() {
    Customer customer = Customer.pro(Stage.api());
    assertViolates(
        "entitlements_stripe_sub_id_key",
        INSERT_ENTITLEMENT,
        essentials(),
        customer.stripeSubId(),
        "pro",
        1,
        "connected",
        true);
  }

  @Test
  void tenantHasNoSecondActiveEntitlement() {
    UUID tenant = UUID.fromString(Customer.pro(Stage.api()).tenantId());
    assertViolates(
        "entitlements_one_active_per_tenant",
        INSERT_ENTITLEMENT,
        tenant,
        sub(),
        "pro",
        1,
        "connected",
        true);
    assertThatCode(
            () -> sql.update(INSERT_ENTITLEMENT, tenant, sub(), "pro", 1, "connected", false))
        .as("an entitlement that is not active")
        .doesNotThrowAnyException();
  }

  @Test
  void seatsArePositive() {
    assertViolates(
        "seats_check", INSERT_ENTITLEMENT, essentials(), sub(), "pro", 0, "connected", true);
  }

  @Test
  void essentialsIsNoTier() {
    assertViolates(
        "tier_check", INSERT_ENTITLEMENT, essentials(), sub(), "essentials", 1, "connected", true);
  }

  @Test
  void unknownTransportIsRefused() {
    assertViolates(
        "transport_check", INSERT_ENTITLEMENT, essentials(), sub(), "pro", 1, "pigeon", true);
  }

  @ParameterizedTest
  @CsvSource({
    "edition, gold, edition_check",
    "edition, Pro, edition_check",
    "status, live, tenant_status_check",
    "product_code, x, product_code_check",
    "deployment_type, cloud, deployment_type_check",
    "company_name, '', line_of_text_check",
    "contact_email, x, email_address_check"
  })
  void unknownWordOfATenantIsRefused(String column, String word, String constraint) {
    assertViolates(
        constraint,
        "UPDATE tenant_registry SET " + column + " = ? WHERE tenant_id = ?",
        word,
        essentials());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edition",
        "product_code",
        "deployment_type",
        "status",
        "company_name",
        "contact_email"
      })
  void tenantMissesNothing(String column) {
    assertViolates(
        "not-null",
        "UPDATE tenant_registry SET " + column + " = NULL WHERE tenant_id = ?",
        essentials());
  }

  @Test
  void applianceIdIsUniqueWithinItsTenantOnly() {
    Customer one = Customer.pro(Stage.api());
    Customer other = Customer.pro(Stage.api());
    UUID tenant = UUID.fromString(one.tenantId());
    assertThat(sql.update(INSERT_APPLIANCE, "host", tenant)).isOne();
    assertThat(sql.update(INSERT_APPLIANCE, "host", UUID.fromString(other.tenantId()))).isOne();
    Stage.api().service("/claim-codes", "stripe_sub_id", one.stripeSubId());
    assertViolates("appliances_appliance_id_scope_id_key", INSERT_APPLIANCE, "host", tenant);
  }

  @Test
  void codeBringsOneAppliance() {
    UUID tenant = UUID.fromString(Customer.pro(Stage.api()).tenantId());
    assertThat(sql.update(INSERT_APPLIANCE, "host-1", tenant)).isOne();
    assertViolates("appliances_claim_code_id_key", INSERT_APPLIANCE, "host-2", tenant);
  }

  @Test
  void malformedApplianceIdIsRefused() {
    UUID tenant = UUID.fromString(Customer.pro(Stage.api()).tenantId());
    assertViolates("appliance_id_check", INSERT_APPLIANCE, "a b", tenant);
  }

  @Test
  void tenantWithCodesCannotBeDeleted() {
    assertViolates("foreign key", "DELETE FROM tenant_registry WHERE tenant_id = ?", essentials());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"operator, -", "service, ann", "appliance, ann", "anonymous, ann"})
  void operatorAndNobodyElseIsNamed(String actor, String operator) {
    assertViolates("audit_log_names_its_operator", INSERT_AUDIT, actor, operator);
  }

  @Test
  void nameOfAnOperatorIsNeitherEmptyNorWithoutEnd() {
    assertThat(sql.update(INSERT_AUDIT, "operator", "n".repeat(500))).isOne();
    assertViolates("line_of_text_check", INSERT_AUDIT, "operator", "");
    assertViolates("line_of_text_check", INSERT_AUDIT, "operator", "n".repeat(501));
  }

  @Test
  void sessionIsStoredUnderADigest() {
    assertViolates(
        "operator_sessions_token_hash_check",
        "INSERT INTO operator_sessions (token_hash, operator, granted_by)"
            + " VALUES ('a token', ?, sha256('a password'))",
        "ann");
    assertViolates(
        "operator_sessions_granted_by_check",
        "INSERT INTO operator_sessions (token_hash, operator, granted_by)"
            + " VALUES (sha256('a token'), ?, 'a password')",
        "ann");
    assertViolates(
        "operator_sessions_id_token_check",
        "INSERT INTO operator_sessions (token_hash, operator, granted_by, id_token)"
            + " VALUES (sha256('a token'), 'ann', sha256('a password'), repeat('x', ?))",
        3501);
  }

  private void assertViolates(String constraint, String statement, Object... parameters) {
    assertThatThrownBy(() -> sql.update(statement, parameters))
        .hasMessageContaining("violates")
        .hasMessageContaining(constraint);
  }

  private static UUID essentials() {
    return UUID.fromString(Customer.essentials(Stage.api()).tenantId());
  }

  private static String sub() {
    return "sub_" + Customer.unique();
  }
}
