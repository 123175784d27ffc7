package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Cluster;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disaster drill. All machines are lost. The secret files and two dumps remain: one of now and
 * one of an hour ago. Each dump is restored on a new cluster, as operating.md says.
 */
@Tag("faults")
class RestoreIT {

  /** The figures of the console are up to a minute old. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The secrets that all nodes of this service share. */
  private static final List<String> SECRETS =
      List.of(
          "ALGA_LICENSE_SERVICE_SECRET",
          "ALGA_LICENSE_PRIVATE_KEY",
          "CLAIM_CODE_KEY",
          "CLAIM_CODE_KEY_PREVIOUS");

  private static final String FORMER_CODE_KEY = Stage.random(32);

  @TempDir private static Path vault;

  private static Cluster fresh;
  private static Node now;
  private static Node anHourAgo;

  private static Customer ofFormerKey;
  private static Installed installedByFormerKey;
  private static Customer unused;
  private static Customer free;
  private static Customer runningTenant;
  private static Installed running;
  private static Console anna;

  private static Customer redeemedSince;
  private static Installed lost;
  private static Customer reissuedSince;
  private static String codeSince;
  private static Installed lostToo;
  private static Customer registeredSince;
  private static Installed ofUnknownTenant;

  /** An appliance and the values of its answer. */
  private record Installed(String box, String tenant, String credential, String license) {

    static Installed by(Api api, String code, String box) {
      Answer answer = api.appliance("/register", "claim_code", code, "appliance_id", box);
      assertThat(answer.outcome()).isEqualTo("200");
      return new Installed(
          box,
          answer.text("tenant_id"),
          answer.text("appliance_credential"),
          answer.text("first_jwt"));
    }

    String checkIn(Api api) {
      return api.appliance(
              "/check-in",
              "appliance_credential",
              credential,
              "current_license_sub",
              VerifiedLicense.of(api, license).text("sub"))
          .outcome();
    }
  }

  @BeforeAll
  static void loseAllButSecretsAndDumps() {
    fresh = Cluster.start();
    try (Cluster cluster = Cluster.start()) {
      cluster.createDatabase("alga");
      Map<String, String> settings = cluster.settings("alga");
      settings.put("CLAIM_CODE_KEY", FORMER_CODE_KEY);
      try (Node node = Node.start("before-the-rotation", settings)) {
        Api api = new Api(node.base());
        ofFormerKey = Customer.pro(api);
        installedByFormerKey = Installed.by(api, Customer.pro(api).code(), "box-former-key");
      }
      keepSecrets(settings);
      try (Node node = Node.start("to-be-lost", withKeptSecrets(cluster.settings("alga")))) {
        Api api = new Api(node.base());
        live(api);
        anna = Console.signedIn(node.base(), "anna");
        fresh.restore(cluster.dump("alga"), "alga_before");
        liveOn(api);
        fresh.restore(cluster.dump("alga"), "alga_after");
      }
    }
    now = Node.launch("restored", withKeptSecrets(fresh.settings("alga_after")));
    anHourAgo = Node.launch("restored-before", withKeptSecrets(fresh.settings("alga_before")));
    List.of(now, anHourAgo).forEach(Node::awaitReady);
    takeTheFirstFigures();
  }

  /** They take longest, and a node keeps them for each zone a hundred times as long as that. */
  private static void takeTheFirstFigures() {
    Console elsewhere = annaAt(anHourAgo);
    elsewhere.cookies().put("alga_zone", "Japan");
    elsewhere.get("/admin/appliances?show=refused");
  }

  @AfterAll
  static void stop() {
    Node.closeAll(List.of(now, anHourAgo));
    fresh.close();
  }

  @Test
  void everyLiveCodeRedeems() {
    for (Customer customer : List.of(ofFormerKey, unused, free)) {
      Answer answer = customer.redeem(api(now), "box-of-now");
      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
    }
  }

  @Test
  void everyCredentialChecksInAndEveryLicenseVerifies() {
    for (Installed installed :
        List.of(installedByFormerKey, running, lost, lostToo, ofUnknownTenant)) {
      assertThat(installed.checkIn(api(now))).isEqualTo("200");
      assertThat(VerifiedLicense.of(api(now), installed.license()).text("aud"))
          .isEqualTo(installed.tenant());
    }
  }

  @Test
  void noConsumedCodeRedeemsForAnotherMachine() {
    assertThat(redeemedSince.redeem(api(now), "box-thief").outcome())
        .isEqualTo("409 consumed_claim_code");
  }

  @Test
  void anOperatorGoesOnWhereTheyWere() {
    assertThat(annaAt(now).get("/admin/overview").html().select(".who").text()).isEqualTo("anna");
  }

  @Test
  void theAppRoleHasWhatItWasGrantedAndNoMore() {
    assertThat(
            fresh
                .sql("alga_after")
                .all(
                    Boolean.class,
                    """
                    SELECT has_table_privilege('alga_app', 'audit_log', 'UPDATE, DELETE, TRUNCATE')
                      OR has_schema_privilege('alga_app', 'public', 'CREATE')
                      OR has_database_privilege('alga_app', 'alga_after', 'CREATE, TEMPORARY')
                    """))
        .containsExactly(false);
  }

  @Test
  void whatWasThereAnHourAgoIsUntouched() {
    for (Installed installed : List.of(installedByFormerKey, running)) {
      assertThat(installed.checkIn(api(anHourAgo))).isEqualTo("200");
    }
  }

  @Test
  void applianceThatRedeemedSinceRedeemsItsOwnCodeAgain() {
    assertThat(lost.checkIn(api(anHourAgo))).isEqualTo("401 invalid_credential");
    Installed again = Installed.by(api(anHourAgo), redeemedSince.code(), lost.box());
    assertThat(again.tenant()).isEqualTo(lost.tenant());
    assertThat(again.checkIn(api(anHourAgo))).isEqualTo("200");
  }

  @Test
  void applianceWhoseCodeIsGoneComesBackByAReissueAndIsOnTheConsoleUntilThen() {
    Api api = api(anHourAgo);
    assertThat(lostToo.checkIn(api)).isEqualTo("401 invalid_credential");
    assertThat(
            api.appliance("/register", "claim_code", codeSince, "appliance_id", lostToo.box())
                .outcome())
        .isEqualTo("404 invalid_claim_code");
    Await.until(PATIENCE, () -> needsACode(reissuedSince), () -> "not listed");
    assertThat(needsACode(runningTenant)).isFalse();

    Answer reissued = api.service("/install-codes/reissue", "tenant_id", reissuedSince.tenantId());
    Installed again = Installed.by(api, reissued.text("install_code"), lostToo.box());
    assertThat(again.tenant()).isEqualTo(lostToo.tenant());
    assertThat(again.checkIn(api)).isEqualTo("200");
    Await.until(PATIENCE, () -> !needsACode(reissuedSince), () -> "still listed");
  }

  @Test
  void tenantThatIsUnknownNowIsRegisteredUnderItsOwnId() {
    Api api = api(anHourAgo);
    assertThat(ofUnknownTenant.checkIn(api)).isEqualTo("401 invalid_credential");
    String tenant = registeredSince.tenantId();
    assertThat(api.service("/install-codes/reissue", "tenant_id", tenant).outcome())
        .isEqualTo("404 unknown_tenant");
    Answer adopted =
        api.service(
            "/register-tenant",
            "tenant_id",
            tenant,
            "company_name",
            "Registered again",
            "contact_email",
            registeredSince.email(),
            "edition",
            "pro",
            "stripe_sub_id",
            registeredSince.stripeSubId());
    assertThat(adopted.outcome()).isEqualTo("201");
    assertThat(adopted.text("tenant_id")).isEqualTo(tenant);
    Installed again = Installed.by(api, adopted.text("install_code"), ofUnknownTenant.box());
    assertThat(again.tenant()).isEqualTo(tenant);
    assertThat(again.checkIn(api)).isEqualTo("200");
    assertThat(VerifiedLicense.of(api, again.license()).text("aud")).isEqualTo(tenant);
  }

  /** The actions before the older dump. */
  private static void live(Api api) {
    unused = Customer.pro(api);
    free = Customer.essentials(api);
    runningTenant = Customer.pro(api);
    running = Installed.by(api, runningTenant.code(), "box-running");
    redeemedSince = Customer.pro(api);
    reissuedSince = Customer.pro(api);
  }

  /** The actions between the two dumps. */
  private static void liveOn(Api api) {
    lost = Installed.by(api, redeemedSince.code(), "box-lost");
    codeSince =
        api.service("/install-codes/reissue", "tenant_id", reissuedSince.tenantId())
            .text("install_code");
    lostToo = Installed.by(api, codeSince, "box-lost-too");
    registeredSince = Customer.pro(api);
    ofUnknownTenant = Installed.by(api, registeredSince.code(), "box-of-an-unknown-tenant");
  }

  private static void keepSecrets(Map<String, String> settings) {
    settings.put("CLAIM_CODE_KEY_PREVIOUS", FORMER_CODE_KEY);
    settings.put("CLAIM_CODE_KEY", Stage.random(32));
    try {
      for (String secret : SECRETS) {
        Files.writeString(vault.resolve(secret), settings.get(secret));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> withKeptSecrets(Map<String, String> settings) {
    for (String secret : SECRETS) {
      settings.remove(secret);
      settings.put(secret + "_FILE", vault.resolve(secret).toString());
    }
    return settings;
  }

  private static boolean needsACode(Customer customer) {
    return annaAt(anHourAgo)
        .get("/admin/appliances?show=refused")
        .html()
        .select("a[href$='" + customer.tenantId() + "']")
        .hasText();
  }

  /** The console with the session that anna began on the lost node. */
  private static Console annaAt(Node node) {
    Console console = new Console(node.base());
    console.cookies().putAll(anna.cookies());
    return console;
  }

  private static Api api(Node node) {
    return new Api(node.base());
  }
}
