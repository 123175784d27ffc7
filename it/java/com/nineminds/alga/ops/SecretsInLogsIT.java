package com.nineminds.alga.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log of a node that answers, refuses or fails every kind of request. */
class SecretsInLogsIT {

  private static final String NAME = "logs";

  /** The values that must not be in the log, by their meaning. */
  private static final Map<String, String> SECRETS = new LinkedHashMap<>();

  /** The outcome of each request, by the id of the request. */
  private static final Map<String, String> REQUESTS = new LinkedHashMap<>();

  private static Api api;
  private static String tenant;
  private static List<JsonObject> lines;

  @BeforeAll
  static void askEverythingAndStop() {
    Sql sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.settings(sql.database());
    for (String name : settings.keySet()) {
      if (name.matches(".*(SECRET|PASSWORD|_KEY).*") && !name.endsWith("ACCESS_KEY")) {
        SECRETS.put(name, settings.get(name).replaceAll("-----[A-Z ]+-----", "").strip());
      }
    }
    SECRETS.put(
        "first line of the private key", SECRETS.get("ALGA_LICENSE_PRIVATE_KEY").split("\n", 2)[0]);
    try (Node node = Node.start(NAME, settings)) {
      api = new Api(node.base());
      askAsTheContractSays();
      refuseEverything();
      sql.update("ALTER TABLE entitlements RENAME TO gone");
      failOnEverything();
    }
    lines = jsonLines();
  }

  @Test
  void noFileHasASecret() throws IOException {
    for (Path file : files()) {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      SECRETS.forEach(
          (what, secret) ->
              assertThat(content.contains(secret)).as("%s in %s", what, file).isFalse());
    }
  }

  @Test
  void everyRequestHasOneLineWithWhatAnOperatorAsksFor() {
    Map<String, JsonObject> byId =
        requestLines()
            .collect(Collectors.toMap(line -> line.getString("ext_request_id"), line -> line));
    assertThat(byId.keySet()).containsAll(REQUESTS.keySet());
    REQUESTS.forEach(
        (id, outcome) -> {
          JsonObject line = byId.get(id);
          assertThat(line.getInt("ext_status_int"))
              .isEqualTo(Integer.parseInt(outcome.substring(0, 3)));
          assertThat(line.getString("ext_route")).matches("(GET|POST) (/.*|\\(unknown\\))");
          assertThat(line.getJsonNumber("ext_duration_us_long").longValueExact()).isPositive();
          if (outcome.length() > 3) {
            assertThat(line.getString("ext_outcome")).isEqualTo(outcome.substring(4));
          }
        });
  }

  @Test
  void lineNamesTheTenantWhereItIsKnown() {
    for (String route :
        List.of(
            "POST /register-tenant",
            "POST /register",
            "POST /check-in",
            "POST /install-codes/reissue")) {
      assertThat(requestLines().filter(line -> line.getString("ext_route").equals(route)))
          .as(route)
          .anyMatch(line -> tenant.equals(line.getString("ext_tenant_id", null)));
    }
  }

  @Test
  void unexpectedErrorIsFoundByTheRequestId() {
    List<String> failed =
        REQUESTS.entrySet().stream()
            .filter(request -> request.getValue().equals("500 internal_error"))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(failed).isNotEmpty();
    for (String id : failed) {
      assertThat(lines)
          .anyMatch(
              line ->
                  line.getString("message").equals("unexpected error")
                      && line.getString("ext_request_id", "").equals(id)
                      && line.containsKey("ibm_stackTrace"));
    }
  }

  @Test
  void everyLineOfARequestHasItsId() {
    int first = lines.indexOf(requestLines().findFirst().orElseThrow());
    assertThat(
            lines.subList(first, lines.size()).stream()
                .filter(
                    line -> line.getString("module", "").matches("(com\\.nineminds|alga)\\..*")))
        .isNotEmpty()
        .allMatch(line -> line.containsKey("ext_request_id"));
  }

  private static void askAsTheContractSays() {
    Answer registered =
        ask(
            "registered",
            "/register-tenant",
            "company_name",
            "Acme",
            "contact_email",
            "it@acme.test",
            "edition",
            "pro",
            "stripe_sub_id",
            "sub_logs");
    tenant = registered.text("tenant_id");
    String code = secret("first code", registered.text("install_code"));
    secret("download signature", registered.text("download_url").replaceFirst(".*Signature=", ""));
    redeem(code, "host");
    Answer redeemed = redeem(code, "host");
    String credential = redeemed.text("appliance_credential");
    Answer checkedIn = ask("check-in", "/check-in", "appliance_credential", credential);
    secret("held license", checkedIn.text("jwt"));
    ask("verify", "/verify-appliance", "credential", credential);
    secret(
        "re-issued code",
        ask("reissue", "/install-codes/reissue", "tenant_id", tenant).text("install_code"));
    secret("minted code", ask("mint", "/claim-codes", "stripe_sub_id", "sub_logs").text("code"));
    secret("signed license", sign("sub_logs").text("jwt"));
    for (String path : List.of("/tenants", "/tenants/" + tenant, "/.well-known/jwks.json")) {
      send("get-" + path.replaceAll("[^a-z]", ""), "GET", path, null);
    }
    ask("revoke", "/revoke", "appliance_id", "host");
  }

  private static void refuseEverything() {
    String guess = secret("guessed code", "ZYXW9876");
    ask("refused-1", "/register", "claim_code", guess, "appliance_id", "host");
    ask("refused-2", "/register", "claim_code", SECRETS.get("first code"), "appliance_id", "other");
    ask("refused-3", "/register", "claim_code", SECRETS.get("minted code"), "appliance_id", "a b");
    ask("refused-4", "/check-in", "appliance_credential", SECRETS.get("credential of redeem-1"));
    ask(
        "refused-5",
        "/check-in",
        "appliance_credential",
        secret("unknown credential", "ab".repeat(32)));
    ask("refused-6", "/verify-appliance", "credential", SECRETS.get("credential of redeem-2"));
    ask("refused-7", "/verify-appliance", "credential", 5);
    String wrong = secret("wrong service secret", "wrong-" + Stage.random(12));
    send("refused-8", "GET", "/tenants", null, Map.of("Authorization", "Bearer " + wrong));
    send("refused-9", "POST", "/register", "{\"claim_code\": " + guess + "}");
    send("refused-10", "GET", "/" + guess, null);
    send("refused-11", "GET", "/tenants/" + guess, null);
    send("refused-12", "GET", "/tenants?query=" + guess + "&limit=x", null);
  }

  private static void failOnEverything() {
    String code = SECRETS.get("minted code");
    ask("failed-1", "/register", "claim_code", code, "appliance_id", "host");
    ask("failed-2", "/check-in", "appliance_credential", SECRETS.get("credential of redeem-2"));
    ask("failed-3", "/verify-appliance", "credential", SECRETS.get("credential of redeem-2"));
    ask("failed-4", "/claim-codes", "stripe_sub_id", "sub_logs");
    ask("failed-5", "/install-codes/reissue", "tenant_id", tenant);
    sign("sub_logs");
    send("failed-6", "GET", "/tenants", null);
    assertThat(REQUESTS).containsEntry("failed-1", "500 internal_error");
  }

  private static Answer redeem(String code, String host) {
    String id = REQUESTS.containsKey("redeem-1") ? "redeem-2" : "redeem-1";
    Answer answer = ask(id, "/register", "claim_code", code, "appliance_id", host);
    secret("credential of " + id, answer.text("appliance_credential"));
    secret("license of " + id, answer.text("first_jwt"));
    return answer;
  }

  private static Answer sign(String sub) {
    return ask(
        "sign-" + Customer.unique(),
        "/sign",
        "stripe_sub_id",
        sub,
        "customer",
        "Acme",
        "tier",
        "pro",
        "transport",
        "connected");
  }

  private static Answer ask(String id, String path, Object... body) {
    return send(id, "POST", path, Api.object(body).toString());
  }

  private static Answer send(String id, String method, String path, String body) {
    return send(id, method, path, body, Api.authorized());
  }

  private static Answer send(
      String id, String method, String path, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("X-Request-Id", id);
    Answer answer = api.send(method, path, body, all);
    assertThat(answer.header("X-Request-Id")).contains(id);
    REQUESTS.put(id, answer.status() < 400 ? Integer.toString(answer.status()) : answer.outcome());
    return answer;
  }

  private static String secret(String what, String value) {
    SECRETS.put(what, value);
    return value;
  }

  private static Stream<JsonObject> requestLines() {
    return lines.stream().filter(line -> line.getString("module", "").equals("alga.request"));
  }

  private static List<JsonObject> jsonLines() {
    List<JsonObject> found = new ArrayList<>();
    try {
      // the first line is from the launcher
      for (String line : Files.readAllLines(directory().resolve("console.log"))) {
        if (line.startsWith("{")) {
          try (JsonReader reader = Json.createReader(new StringReader(line))) {
            found.add(reader.readObject());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory())) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static Path directory() {
    return Stage.DIRECTORY.resolve("node-" + NAME);
  }
}
