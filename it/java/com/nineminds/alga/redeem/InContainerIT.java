package com.nineminds.alga.redeem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.code.Minting;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Entitlements;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.harness.ArquillianServer;
import com.nineminds.alga.license.LicenseClaims;
import com.nineminds.alga.license.Licenses;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.File;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that need the container: shared transactions, and a real failure of a signature. */
@ExtendWith({ArquillianServer.class, ArquillianExtension.class})
class InContainerIT {

  @Inject Transactions transactions;
  @Inject Database database;
  @Inject Entitlements entitlements;
  @Inject Licenses licenses;
  @Inject Minting minting;
  @Inject Redemption redemption;

  @Deployment
  static WebArchive deployment() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/alga-license.war"))
        .addClasses(InContainerIT.class, ArquillianServer.class);
  }

  @Test
  void statementsSeeWhatEntitiesWroteInTheSameTransaction() {
    String sub = "sub_" + UUID.randomUUID();
    long seen =
        transactions.run(
            () -> {
              entitlements.renew(sub, null, "Acme", terms());
              return count(sub);
            });
    assertEquals(1, seen);
    assertEquals(1, count(sub));
  }

  @Test
  void whatIsThrownRollsBackEntitiesAndStatements() {
    String sub = "sub_" + UUID.randomUUID();
    long audited = audited();
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.run(
                () -> {
                  entitlements.renew(sub, null, "Acme", terms());
                  throw new IllegalStateException("planted");
                }));
    assertEquals(0, count(sub));
    assertEquals(audited, audited());
  }

  @Test
  void batchedCallInsideATransactionIsAnError() {
    Sql sql =
        Sql.text("SELECT n, id FROM unnest(CAST(:id AS uuid[])) WITH ORDINALITY AS asked (id, n)");
    UUID id = UUID.randomUUID();
    assertEquals(id, database.batched(sql).with("id", id).row(row -> row.uuid("id")).orElseThrow());
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.run(
                () -> database.batched(sql).with("id", id).row(row -> row.uuid("id"))));
    UUID inTransaction =
        transactions.run(
            () -> database.query(sql).with("id", id).row(row -> row.uuid("id")).orElseThrow());
    assertEquals(id, inTransaction);
  }

  /** Requests wait for one another in a shared statement. None may keep a connection then. */
  @Test
  @SuppressWarnings("BanJNDI") // the server defines this name; nothing else is injected into a test
  void requestThatHasAskedTheDatabaseKeepsNoConnection() throws Exception {
    long poolSize = 16;
    ManagedExecutorService threads =
        InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
    String longerThanAConnectionIsAwaited = "SELECT CAST(pg_sleep(6) AS text) AS slept";
    count("");
    List<Callable<String>> all =
        Stream.generate(() -> (Callable<String>) () -> ask(longerThanAConnectionIsAwaited))
            .limit(poolSize)
            .toList();
    for (Future<String> one : threads.invokeAll(all)) {
      assertEquals("", one.get());
    }
  }

  private String ask(String sql) {
    return database.query(Sql.text(sql)).row(row -> row.text("slept")).orElseThrow();
  }

  @Test
  void codeIsStillLiveAfterASignatureFailed() {
    String sub = "sub_" + UUID.randomUUID();
    transactions.run(() -> entitlements.renew(sub, null, "Acme", terms()));
    TypedCode code = TypedCode.parse(minting.mint(sub).code().value());
    RedeemRequest request = new RedeemRequest(new ApplianceId("box-1"), null, null);
    licenses.sign(new LicenseClaims("lic_1", "Acme", terms(), null));

    List<Provider> all = List.of(Security.getProviders());
    List<Provider> signers = List.of(Security.getProviders("Signature.SHA256withECDSA"));
    signers.forEach(signer -> Security.removeProvider(signer.getName()));
    try {
      assertThrows(IllegalStateException.class, () -> redemption.redeem(code, request));
    } finally {
      signers.forEach(signer -> Security.insertProviderAt(signer, all.indexOf(signer) + 1));
    }

    assertEquals("Acme", redemption.redeem(code, request).companyName());
  }

  private static Entitlement.Terms terms() {
    return new Entitlement.Terms(Tier.pro, 5, Transport.connected);
  }

  private long count(String sub) {
    return database
        .query(Sql.text("SELECT count(*) AS n FROM entitlements WHERE stripe_sub_id = :sub"))
        .with("sub", sub)
        .row(row -> row.number("n"))
        .orElseThrow();
  }

  private long audited() {
    return database
        .query(Sql.text("SELECT count(*) AS n FROM audit_log"))
        .row(row -> row.number("n"))
        .orElseThrow();
  }
}
