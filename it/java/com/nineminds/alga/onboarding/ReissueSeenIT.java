package com.nineminds.alga.onboarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nineminds.alga.audit.AuditTrail;
import com.nineminds.alga.audit.AuditTrail.AuditEntry;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.CodeProblem.CodeChanged;
import com.nineminds.alga.code.CodeState;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.directory.Dossier;
import com.nineminds.alga.directory.TenantDetails;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.ArquillianServer;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Loopback;
import com.nineminds.alga.harness.Operators;
import com.nineminds.alga.registry.RegistryProblem.TenantSuspended;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantLifecycle;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.inject.Inject;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
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

/** An operator re-issues the code that the page showed, or revokes a code. */
@ExtendWith({ArquillianServer.class, ArquillianExtension.class})
class ReissueSeenIT {

  private static final int OPERATORS = 8;

  @Inject Reissue reissue;
  @Inject ClaimCodes codes;
  @Inject TenantLifecycle lifecycle;
  @Inject TenantDetails details;
  @Inject AuditTrail trail;
  @Inject Operators operators;

  private final UUID form = UUID.randomUUID();

  @Deployment
  static WebArchive deployment() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/alga-license.war"))
        .addClasses(
            ReissueSeenIT.class,
            ArquillianServer.class,
            Operators.class,
            Loopback.class,
            AtOnce.class)
        .addClasses(Answer.class, Customer.class);
  }

  @Test
  void operatorGetsAFreshCodeAndIsOnRecord() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    String code = operators.gets("ann", () -> reissue(tenant, seen(tenant), form));
    assertEquals("code_minted operator ann ****" + code.substring(4), newestEntry(tenant));
    assertEquals("409 superseded_claim_code", redeem(customer.code()));
    assertEquals("200", redeem(code));
    assertEquals(
        List.of(CodeState.consumed, CodeState.replaced),
        details.read(tenant).codes().stream().map(IssuedCode::state).toList());
  }

  @Test
  void sameFormTwiceGivesTheSameCode() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    String seen = seen(tenant);
    String code = reissue(tenant, seen, form);
    assertEquals(code, reissue(tenant, seen, form));
    assertEquals(2, details.read(tenant).codes().size());
    assertEquals("200", redeem(code));
  }

  @Test
  void sameFormIsRefusedOnceItsCodeIsUsedReplacedOrRevoked() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    UUID used = UUID.randomUUID();
    redeem(reissue(tenant, seen(tenant), used));
    assertThrows(CodeChanged.class, () -> reissue(tenant, seen(tenant), used));
    UUID replaced = UUID.randomUUID();
    reissue(tenant, seen(tenant), replaced);
    UUID revoked = UUID.randomUUID();
    reissue(tenant, seen(tenant), revoked);
    assertThrows(CodeChanged.class, () -> reissue(tenant, seen(tenant), replaced));
    codes.revoke(tenant, newest(tenant).id());
    assertThrows(CodeChanged.class, () -> reissue(tenant, seen(tenant), revoked));
    assertEquals(4, details.read(tenant).codes().size());
  }

  @Test
  void sameFormForAnotherTenantIsRefused() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    reissue(tenant, seen(tenant), form);
    Customer other = Loopback.essentials();
    TenantId another = TenantId.parse(other.tenantId());
    assertThrows(CodeChanged.class, () -> reissue(another, seen(another), form));
    assertEquals("200", redeem(other.code()));
  }

  @Test
  void pageThatIsOutOfDateChangesNothing() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    String seen = seen(tenant);
    String first = reissue(tenant, seen, form);
    assertThrows(CodeChanged.class, () -> reissue(tenant, seen, UUID.randomUUID()));
    assertThrows(CodeChanged.class, () -> reissue(tenant, "none", UUID.randomUUID()));
    assertEquals("200", redeem(first));
  }

  @Test
  void codeThatWasJustUsedIsNotReplacedUnseen() {
    Customer customer = Loopback.essentials();
    TenantId tenant = TenantId.parse(customer.tenantId());
    String seen = seen(tenant);
    redeem(customer.code());
    assertThrows(CodeChanged.class, () -> reissue(tenant, seen, form));
    assertNotEquals(seen, seen(tenant));
    assertEquals("200", redeem(reissue(tenant, seen(tenant), form)));
  }

  @Test
  void tenantWithoutACodeGetsItsFirst() {
    Answer unpaid =
        Loopback.post(
            "/register-tenant",
            "company_name",
            "Not paid yet",
            "contact_email",
            "it@open.test",
            "edition",
            "pro");
    TenantId tenant = TenantId.parse(unpaid.text("tenant_id"));
    Dossier dossier = details.read(tenant);
    assertEquals("none", dossier.seenCode());
    assertTrue(dossier.entitlement() == null && dossier.appliances().isEmpty());
    assertEquals("200", redeem(reissue(tenant, dossier.seenCode(), form)));
  }

  @Test
  void suspendedTenantGetsNoneAndItsFormIsNotUsedUp() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    String seen = seen(tenant);
    lifecycle.suspend(tenant, TenantStatus.registered);
    assertThrows(TenantSuspended.class, () -> reissue(tenant, seen, form));
    lifecycle.resume(tenant, TenantStatus.suspended);
    assertEquals("200", redeem(reissue(tenant, seen, form)));
    assertThrows(UnknownTenant.class, () -> reissue(TenantId.mint(), "none", UUID.randomUUID()));
  }

  @Test
  void revokedCodeIsRefusedAndItsOperatorIsOnRecordOnce() {
    Customer customer = Loopback.essentials();
    TenantId tenant = TenantId.parse(customer.tenantId());
    UUID code = newest(tenant).id();
    assertEquals("done", operators.does("ann", () -> codes.revoke(tenant, code)));
    assertEquals("code_changed", operators.does("bob", () -> codes.revoke(tenant, code)));
    Answer answer = Loopback.redeem(customer.code(), "box");
    assertEquals("409 superseded_claim_code", answer.outcome());
    assertTrue(answer.text("error").contains("revoked"), answer.text("error"));
    assertEquals(CodeState.revoked, newest(tenant).state());
    assertEquals(
        "code_revoked operator ann ****" + customer.code().substring(4), newestEntry(tenant));
  }

  @Test
  void usedCodeAndCodeOfAnotherTenantAreNotRevoked() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    TenantId another = TenantId.parse(Loopback.essentials().tenantId());
    UUID code = newest(tenant).id();
    assertThrows(CodeChanged.class, () -> codes.revoke(another, code));
    assertEquals(CodeState.live, newest(tenant).state());
    redeem(customer.code());
    assertThrows(CodeChanged.class, () -> codes.revoke(tenant, code));
    assertEquals(CodeState.consumed, newest(tenant).state());
    assertEquals("box", newest(tenant).consumedBy());
    assertTrue(details.read(tenant).appliances().get(0).neverCheckedIn());
  }

  @RepeatedTest(3)
  void sameFormManyTimesAtOnceMintsOneCode() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    String seen = seen(tenant);
    List<String> given = atOnce(() -> reissue(tenant, seen, form));
    assertEquals(1, new HashSet<>(given).size(), given.toString());
    assertEquals(2, details.read(tenant).codes().size());
    assertEquals("200", redeem(given.get(0)));
  }

  @RepeatedTest(3)
  void oneOfManyOperatorsWhoSawTheSameGetsACode() {
    TenantId tenant = TenantId.parse(Loopback.essentials().tenantId());
    String seen = seen(tenant);
    List<String> given = new ArrayList<>(atOnce(() -> reissue(tenant, seen, UUID.randomUUID())));
    assertEquals(OPERATORS - 1, Collections.frequency(given, "code_changed"), given.toString());
    given.removeIf("code_changed"::equals);
    assertEquals("200", redeem(given.get(0)));
    assertEquals(2, details.read(tenant).codes().size());
  }

  @RepeatedTest(3)
  void codeIsUsedOrAnOperatorReplacesOrRevokesIt() {
    Customer customer = Loopback.pro();
    TenantId tenant = TenantId.parse(customer.tenantId());
    UUID code = newest(tenant).id();
    String seen = seen(tenant);
    List<String> results =
        AtOnce.all(
            List.of(
                () -> redeem(customer.code()),
                () -> operators.does("ann", () -> codes.revoke(tenant, code)),
                () -> operators.does("bob", () -> reissue(tenant, seen, form))));
    CodeState state =
        details.read(tenant).codes().stream()
            .filter(issued -> issued.id().equals(code))
            .findFirst()
            .orElseThrow()
            .state();
    assertTrue(
        List.of(
                "consumed [200, code_changed, code_changed]",
                "revoked [409 superseded_claim_code, done, done]",
                "replaced [409 superseded_claim_code, code_changed, done]")
            .contains(state + " " + results),
        state + " " + results);
  }

  private String reissue(TenantId tenant, String seen, UUID request) {
    return reissue.reissueSeen(tenant, seen, request).code().code().value();
  }

  private List<String> atOnce(Supplier<String> action) {
    List<Supplier<String>> actions = new ArrayList<>();
    for (int i = 0; i < OPERATORS; i++) {
      String name = "operator-" + i;
      actions.add(() -> operators.gets(name, action));
    }
    return AtOnce.all(actions);
  }

  private String seen(TenantId tenant) {
    return details.read(tenant).seenCode();
  }

  private IssuedCode newest(TenantId tenant) {
    return details.read(tenant).codes().get(0);
  }

  private String newestEntry(TenantId tenant) {
    AuditEntry entry = trail.of(tenant.value(), null, 1).get(0);
    return entry.event() + " " + entry.actor() + " " + entry.operator() + " " + entry.subject();
  }

  private static String redeem(String code) {
    return Loopback.redeem(code, "box").outcome();
  }
}
