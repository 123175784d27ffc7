package com.nineminds.alga.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.appliance.Revocation;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditTrail;
import com.nineminds.alga.audit.AuditTrail.AuditEntry;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.directory.TenantDetails;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.ArquillianServer;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Loopback;
import com.nineminds.alga.harness.Operators;
import com.nineminds.alga.registry.RegistryProblem.StandingChanged;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import jakarta.inject.Inject;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator suspends, resumes and cancels a tenant. Each action is recorded. */
@ExtendWith({ArquillianServer.class, ArquillianExtension.class})
class TenantLifecycleIT {

  @Inject TenantLifecycle lifecycle;
  @Inject TenantDetails details;
  @Inject Revocation revocation;
  @Inject AuditTrail trail;
  @Inject Operators operators;
  @Inject Database database;

  @Deployment
  static WebArchive deployment() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/alga-license.war"))
        .addClasses(
            TenantLifecycleIT.class,
            ArquillianServer.class,
            Operators.class,
            Loopback.class,
            AtOnce.class)
        .addClasses(Answer.class, Customer.class);
  }

  @Test
  void codeOfASuspendedTenantIsRefusedAndLiveAgainOnceItIsResumed() {
    Customer customer = Loopback.essentials();
    TenantId tenant = TenantId.parse(customer.tenantId());
    lifecycle.suspend(tenant, TenantStatus.registered);
    assertEquals("403 tenant_suspended", redeem(customer));
    lifecycle.resume(tenant, TenantStatus.suspended);
    assertEquals(TenantStatus.registered, status(tenant));
    assertEquals("200", redeem(customer));
  }

  @Test
  void codeOfACancelledTenantIsRefusedAndLiveAgainOnceItIsResumed() {
    Customer customer = Loopback.essentials();
    TenantId tenant = TenantId.parse(customer.tenantId());
    lifecycle.suspend(tenant, TenantStatus.registered);
    lifecycle.cancel(tenant, TenantStatus.suspended);
    assertEquals("403 tenant_cancelled", redeem(customer));
    lifecycle.resume(tenant, TenantStatus.cancelled);
    assertEquals("200", redeem(customer));
  }

  @Test
  void resumedTenantIsInstalledUntilItsNextCheckIn() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    String credential = Loopback.redeem(customer.code(), "box").text("appliance_credential");
    assertEquals("ok", Loopback.checkIn(credential).text("status"));
    lifecycle.suspend(tenant, TenantStatus.active);
    assertEquals("revoked", Loopback.checkIn(credential).text("status"));
    assertEquals(TenantStatus.suspended, status(tenant));
    lifecycle.resume(tenant, TenantStatus.suspended);
    assertEquals(TenantStatus.installed, status(tenant));
    assertEquals("ok", Loopback.checkIn(credential).text("status"));
    assertEquals(TenantStatus.active, status(tenant));
  }

  @Test
  void everyDecisionIsRecordedUnderTheNameOfItsOperator() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    ApplianceId box = new ApplianceId("box-" + Customer.unique());
    Loopback.redeem(customer.code(), box.value());
    operators.does("ann", () -> lifecycle.suspend(tenant, TenantStatus.installed));
    operators.does("bob", () -> lifecycle.resume(tenant, TenantStatus.suspended));
    operators.does("ann", () -> lifecycle.cancel(tenant, TenantStatus.installed));
    assertEquals("done", operators.does("eve", () -> revocation.revokeAppliance(box, tenant)));
    assertEquals("done", operators.does("ann", () -> revocation.revokeAppliance(box, tenant)));
    assertEquals(
        List.of(
            "appliance_revoked operator eve " + box,
            "tenant_cancelled operator ann null",
            "tenant_resumed operator bob null",
            "tenant_suspended operator ann null",
            "code_redeemed appliance null " + box),
        trail.of(tenant.value(), null, 5).stream().map(TenantLifecycleIT::text).toList());
  }

  @Test
  void trailIsReadAPageAtATime() {
    UUID tenant = UUID.fromString(Loopback.pro().tenantId());
    UUID other = UUID.fromString(Loopback.essentials().tenantId());
    List<AuditEntry> all = trail.of(tenant, null, 50);
    assertEquals(3, all.size());
    assertTrue(all.get(0).id() > all.get(1).id() && all.get(1).id() > all.get(2).id());
    assertEquals(all.subList(0, 2), trail.of(tenant, null, 2));
    assertEquals(all.subList(2, 3), trail.of(tenant, all.get(1).id(), 2));
    assertEquals(List.of(), trail.of(tenant, all.get(2).id(), 2));
    assertNotNull(all.get(0).at());
    assertNotNull(all.get(0).address());
    assertNotNull(all.get(0).requestId());
    assertEquals(other, trail.latest(null, null, 1).get(0).tenantId());
    List<AuditEntry> registered = trail.latest(AuditEvent.tenant_registered, null, 2);
    assertEquals(List.of(other, tenant), registered.stream().map(AuditEntry::tenantId).toList());
    assertEquals(
        registered.subList(1, 2),
        trail.latest(AuditEvent.tenant_registered, registered.get(0).id(), 1));
  }

  @Test
  void latestIsOfTheLast30DaysAndWhatHappenedToATenantIsForEver() {
    UUID tenant = UUID.randomUUID();
    for (int days : new int[] {29, 31}) {
      database
          .query(
              Sql.text(
                  """
              INSERT INTO audit_log (at, actor, event, tenant_id)
              VALUES (now() - make_interval(days => :days), 'anonymous', 'sign_in_failed', :tenant)
              RETURNING id
              """))
          .with("days", days)
          .with("tenant", tenant)
          .run();
    }
    List<AuditEntry> all = trail.of(tenant, null, 9);
    assertEquals(2, all.size());
    assertEquals(all.subList(1, 2), trail.latest(AuditEvent.sign_in_failed, null, 9));
    assertEquals(all.get(1), trail.latest(null, null, 2).get(0));
    assertEquals(1, trail.latest(null, null, 2).size());
  }

  @Test
  void decisionOnAPageThatIsOutOfDateIsRefused() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    lifecycle.cancel(tenant, TenantStatus.registered);
    StandingChanged changed =
        assertThrows(
            StandingChanged.class, () -> lifecycle.suspend(tenant, TenantStatus.registered));
    assertTrue(changed.getMessage().contains("is cancelled"), changed.getMessage());
    assertThrows(StandingChanged.class, () -> lifecycle.cancel(tenant, TenantStatus.registered));
    assertThrows(StandingChanged.class, () -> lifecycle.resume(tenant, TenantStatus.suspended));
    assertThrows(StandingChanged.class, () -> lifecycle.cancel(tenant, TenantStatus.cancelled));
    assertEquals(TenantStatus.cancelled, status(tenant));
    assertEquals("tenant_cancelled service null null", text(newest(tenant)));
  }

  @Test
  void installMeanwhileDoesNotStandInTheWay() {
    Customer customer = Loopback.essentials();
    TenantId tenant = TenantId.parse(customer.tenantId());
    assertEquals("200", redeem(customer));
    lifecycle.suspend(tenant, TenantStatus.registered);
    assertEquals(TenantStatus.suspended, status(tenant));
  }

  @Test
  void unknownTenantIsRefused() {
    TenantId nobody = TenantId.mint();
    assertThrows(UnknownTenant.class, () -> lifecycle.suspend(nobody, TenantStatus.active));
    assertThrows(UnknownTenant.class, () -> lifecycle.resume(nobody, TenantStatus.suspended));
    assertThrows(UnknownTenant.class, () -> lifecycle.cancel(nobody, TenantStatus.active));
  }

  @RepeatedTest(5)
  void oneOfManyOperatorsAtOnceSuspends() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    List<Supplier<String>> suspends = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "operator-" + i;
      suspends.add(
          () -> operators.does(name, () -> lifecycle.suspend(tenant, TenantStatus.registered)));
    }
    List<String> results = AtOnce.all(suspends);
    assertEquals(1, Collections.frequency(results, "done"), results.toString());
    assertEquals(5, Collections.frequency(results, "standing_changed"), results.toString());
    List<AuditEntry> recorded = trail.of(tenant.value(), null, 2);
    assertEquals(
        "tenant_suspended operator operator-" + results.indexOf("done") + " null",
        text(recorded.get(0)));
    assertEquals("code_minted", recorded.get(1).event());
  }

  @RepeatedTest(5)
  void redeemAtTheSameMomentNeverOpensASuspendedTenant() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    List<String> results = AtOnce.all(List.of(() -> redeem(customer), () -> suspend(tenant)));
    assertEquals("done", results.get(1));
    assertEquals(TenantStatus.suspended, status(tenant));
    lifecycle.resume(tenant, TenantStatus.suspended);
    if (results.get(0).equals("200")) {
      assertEquals(TenantStatus.installed, status(tenant));
    } else {
      assertEquals("403 tenant_suspended", results.get(0));
      assertEquals(TenantStatus.registered, status(tenant));
      assertEquals("200", redeem(customer));
    }
  }

  @RepeatedTest(5)
  void checkInAtTheSameMomentNeverOpensASuspendedTenant() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    String credential = Loopback.redeem(customer.code(), "box").text("appliance_credential");
    List<String> results =
        AtOnce.all(List.of(() -> Loopback.checkIn(credential).outcome(), () -> suspend(tenant)));
    assertEquals(List.of("200", "done"), results);
    assertEquals(TenantStatus.suspended, status(tenant));
    assertEquals("revoked", Loopback.checkIn(credential).text("status"));
  }

  private String suspend(TenantId tenant) {
    return operators.does("ann", () -> lifecycle.suspend(tenant, TenantStatus.registered));
  }

  private static String redeem(Customer customer) {
    return Loopback.redeem(customer.code(), "box").outcome();
  }

  private TenantStatus status(TenantId tenant) {
    return details.read(tenant).tenant().status();
  }

  private AuditEntry newest(TenantId tenant) {
    return trail.of(tenant.value(), null, 1).get(0);
  }

  private static String text(AuditEntry entry) {
    return entry.event() + " " + entry.actor() + " " + entry.operator() + " " + entry.subject();
  }
}
