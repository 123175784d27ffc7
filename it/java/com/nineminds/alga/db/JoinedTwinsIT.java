package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.start.Migrations;
import com.nineminds.alga.db.start.StartConnections;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Duplicates of a tenant and its subscription become one when the two are bound. */
class JoinedTwinsIT {

  private static final UUID TENANT = UUID.fromString("7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11");
  private static final UUID ENTITLEMENT = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");

  private final Sql sql = new Sql(Stage.freshDatabase());

  @BeforeEach
  void migrate() {
    DatabaseSettings settings =
        DatabaseSettings.read(
            new Settings(name -> Optional.ofNullable(Stage.settings(sql.database()).get(name))));
    new Migrations(settings, new StartConnections(settings)).run();
    sql.update(
        """
        INSERT INTO tenant_registry
          (tenant_id, edition, product_code, deployment_type, company_name, contact_email)
        VALUES (?, 'pro', 'psa', 'appliance', 'Twins', 'it@twins.test')
        """,
        TENANT);
  }

  @AfterEach
  void drop() throws SQLException {
    Stage.postgres().dropDatabase(sql.database());
  }

  @Test
  void bindingLeavesOneRegistrationOfEachApplianceAndOneLiveCode() {
    entitlement(null);
    plant("twice", "older", null, 3, "NULL");
    plant("twice", "newer", TENANT, 2, "NULL");
    plant("revoked", "live", null, 3, "NULL");
    plant("revoked", "revoked", TENANT, 2, "now()");
    plant("once", "once", null, 1, "NULL");
    code("c1", null, "NULL");
    code("c2", TENANT, "NULL");

    sql.update("UPDATE entitlements SET tenant_id = ? WHERE id = ?", TENANT, ENTITLEMENT);

    assertThat(
            sql.all(
                String.class,
                "SELECT appliance_id || ' ' || last_network FROM appliances WHERE scope_id = ?"
                    + " ORDER BY 1",
                TENANT))
        .containsExactly("once once", "revoked live", "twice newer");
    assertThat(sql.one(Long.class, "SELECT count(*) FROM appliances")).isEqualTo(3);
    assertThat(
            sql.all(
                String.class,
                "SELECT subject FROM audit_log"
                    + " WHERE event = 'appliance_revoked' AND actor = 'upkeep' ORDER BY 1"))
        .containsExactly("revoked", "twice");
    assertThat(liveCodes()).containsExactly("c1c1");
  }

  @Test
  void codeOfATenantThatIsRegisteredLateStaysBeforeThatOfItsSubscription() {
    entitlement(TENANT);
    code("c1", null, "NULL");
    code("c2", TENANT, "NULL");

    sql.all(String.class, "SELECT CAST(settle_codes(?) AS text)", TENANT);

    assertThat(liveCodes()).containsExactly("c2c2");
  }

  private void entitlement(UUID tenant) {
    sql.update(
        """
        INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, transport, license_sub)
        VALUES (?, ?, 'sub_twins', 'pro', 'connected', 'lic_twins')
        """,
        ENTITLEMENT,
        tenant);
  }

  /** An appliance that registered {@code days} ago, with the name as its last network. */
  private void plant(String id, String name, UUID tenant, int days, String revokedAt) {
    code(name, null, "now()");
    sql.update(
        """
        INSERT INTO appliances (appliance_id, tenant_id, entitlement_id, claim_code_id,
          credential_hash, last_network, registered_at, revoked_at)
        VALUES (?, ?, ?, (SELECT id FROM claim_codes WHERE code_hash = sha256(CAST(? AS bytea))),
          sha256(CAST(? AS bytea)), ?, now() - make_interval(days => ?), %s)
        """
            .formatted(revokedAt),
        id,
        tenant,
        ENTITLEMENT,
        name,
        name,
        name,
        days);
  }

  private void code(String name, UUID tenant, String consumedAt) {
    sql.update(
        """
        INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at,
          consumed_at, consumed_by, superseded_at)
        VALUES (gen_random_uuid(), ?, ?, sha256(CAST(? AS bytea)), ?, now() + interval '1 day',
          %1$s, CASE WHEN %1$s IS NULL THEN NULL ELSE 'box' END, %1$s)
        """
            .formatted(consumedAt),
        tenant,
        ENTITLEMENT,
        name,
        (name + name).substring(0, 4));
  }

  private List<String> liveCodes() {
    return sql.all(
        String.class,
        "SELECT code_last4 FROM claim_codes WHERE consumed_at IS NULL AND revoked_at IS NULL");
  }
}
