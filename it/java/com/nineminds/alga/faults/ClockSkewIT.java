package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Elsewhere;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs two nodes whose clocks are five minutes wrong, one ahead and one behind. The clock of their
 * database is right. The clocks of the appliances are as wrong as those of the nodes.
 */
@Tag("faults")
class ClockSkewIT {

  private static final Duration OFF = Duration.ofMinutes(5);

  /** Less than the difference of the two clocks. A node that used its own clock would be wrong. */
  private static final int CODE_SECONDS = 240;

  private static Sql sql;
  private static Node ahead;
  private static Node behind;

  @BeforeAll
  static void start() throws IOException {
    sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.settings(sql.database());
    settings.put("CLAIM_CODE_TTL_SECONDS", Integer.toString(CODE_SECONDS));
    settings.put("REDEEM_RETRY_WINDOW_SECONDS", Integer.toString(CODE_SECONDS));
    settings.put("CONSOLE_IDLE_MINUTES", "4");
    String server = serverWithTheClock();
    ahead = Node.launch("clock-ahead", server, with(settings, OFF));
    behind = Node.launch("clock-behind", server, with(settings, OFF.negated()));
    nodes().forEach(Node::awaitReady);
  }

  /** The server and WAR of the product, with another clock. Returns the server's name. */
  private static String serverWithTheClock() throws IOException {
    Path product = Node.serverDirectory("it");
    Path server = Node.serverDirectory("clock");
    Files.createDirectories(server.resolve("apps"));
    Files.createDirectories(server.resolve("jdbc"));
    for (String file :
        new String[] {"jvm.options", "server.env", "server.xml", "jdbc/postgresql.jar"}) {
      Files.write(server.resolve(file), Files.readAllBytes(product.resolve(file)));
    }
    String war = "apps/alga-license.war";
    ShrinkWrap.createFromZipFile(WebArchive.class, product.resolve(war).toFile())
        .addClass(SkewedClock.class)
        .as(ZipExporter.class)
        .exportTo(server.resolve(war).toFile(), true);
    return server.getFileName().toString();
  }

  @AfterAll
  static void stop() throws SQLException {
    Node.closeAll(nodes());
    Stage.postgres().dropDatabase(sql.database());
  }

  @Test
  void clocksAreOff() {
    assertThat(issued(ahead)).isBetween(now() + 295, now() + 305);
    assertThat(issued(behind)).isBetween(now() - 305, now() - 295);
  }

  @Test
  void codeOfEitherNodeIsLiveOnTheOtherUntilTheDatabaseSaysOtherwise() {
    for (List<Node> pair : pairs()) {
      Api minting = new Api(pair.get(0).base());
      Api redeeming = new Api(pair.get(1).base());
      Customer customer = Customer.pro(minting);
      assertThat(
              sql.one(
                  OffsetDateTime.class,
                  "SELECT expires_at FROM claim_codes WHERE tenant_id = ?",
                  UUID.fromString(customer.tenantId())))
          .isBetween(at(now() + CODE_SECONDS - 60), at(now() + CODE_SECONDS + 5));
      assertThat(customer.redeem(redeeming, "box").outcome()).isEqualTo("200");
      assertThat(customer.redeem(minting, "box").outcome()).as("retry").isEqualTo("200");
      Customer late = Customer.pro(minting);
      sql.update(
          "UPDATE claim_codes SET expires_at = now() WHERE tenant_id = ?",
          UUID.fromString(late.tenantId()));
      assertThat(late.redeem(redeeming, "box").outcome()).isEqualTo("410 expired_claim_code");
      assertThat(late.redeem(minting, "box").outcome()).isEqualTo("410 expired_claim_code");
    }
  }

  @Test
  void licenseOfEitherNodeIsGoodForAppliancesThatAreAsWrong() {
    for (List<Node> pair : pairs()) {
      Api signing = new Api(pair.get(0).base());
      Api other = new Api(pair.get(1).base());
      Answer redeemed = Customer.pro(signing).redeem(signing, "box");
      String license = redeemed.text("first_jwt");
      for (Duration clock : List.of(OFF, OFF.negated())) {
        assertThat(VerifiedLicense.of(other, license, clock).claims()).doesNotContainKey("nbf");
      }
      for (Api each : List.of(other, signing, other)) {
        assertThat(
                each.appliance(
                        "/check-in", "appliance_credential", redeemed.text("appliance_credential"))
                    .text("jwt"))
            .as("each node keeps the license and signs no new one")
            .isEqualTo(license);
      }
    }
  }

  @Test
  void linkOfEitherNodeDownloads() throws IOException, InterruptedException {
    for (Node node : nodes()) {
      String unique = Customer.unique();
      String link =
          new Api(node.base())
              .service(
                  "/register-tenant",
                  "company_name",
                  "Skew",
                  "contact_email",
                  unique + "@it.test",
                  "edition",
                  "essentials")
              .text("download_url");
      assertThat(
              HttpClient.newHttpClient()
                  .send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void operatorOfEitherNodeIsKnownToTheOther() {
    for (List<Node> pair : pairs()) {
      Console console = Console.signedIn(pair.get(0).base(), "anna");
      Console there = new Console(pair.get(1).base());
      there.cookies().putAll(console.cookies());
      assertThat(there.get("/admin/overview").status()).isEqualTo(200);
      assertThat(console.get("/admin/overview").status()).isEqualTo(200);
    }
  }

  @Test
  void cloneIsSeenWhicheverNodeItAsks() {
    Answer redeemed = Customer.pro(new Api(ahead.base())).redeem(new Api(ahead.base()), "clone");
    String credential = redeemed.text("appliance_credential");
    String[] from = {"127.0.0.11", "127.0.0.12", "127.0.0.11"};
    for (int i = 0; i < from.length; i++) {
      Node node = nodes().get(i % 2);
      new Elsewhere(node.base(), from[i]).post("/check-in", "appliance_credential", credential);
    }
    assertThat(
            sql.all(
                String.class,
                "SELECT subject FROM audit_log WHERE event = 'credential_alternates'"))
        .containsExactly("clone");
  }

  private static long issued(Node node) {
    Api api = new Api(node.base());
    return VerifiedLicense.of(api, Customer.pro(api).redeem(api, "box").text("first_jwt"))
        .number("iat");
  }

  private static List<Node> nodes() {
    return List.of(ahead, behind);
  }

  private static List<List<Node>> pairs() {
    return List.of(List.of(ahead, behind), List.of(behind, ahead));
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static OffsetDateTime at(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC);
  }

  private static Map<String, String> with(Map<String, String> settings, Duration ahead) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(SkewedClock.SECONDS, Long.toString(ahead.toSeconds()));
    return all;
  }
}
