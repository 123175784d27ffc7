package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All answers have request ids, problem details and UTF-8 in common. */
class ConventionsIT {

  private static final String REQUEST_ID = "X-Request-Id";

  private final Api api = Stage.api();

  @ParameterizedTest
  @ValueSource(strings = {"a", "req-1234", "0f6d2a9c-41b8-4e7d-9c1f-8d0f6c1e52b4", "A.b_c-9"})
  void saneRequestIdIsEchoed(String id) {
    assertThat(withId("/tenants", id).header(REQUEST_ID)).hasValue(id);
    assertThat(withId("/nowhere", id).header(REQUEST_ID)).hasValue(id);
    assertThat(withId("/tenants/x", id).header(REQUEST_ID)).hasValue(id);
  }

  static List<String> insane() {
    return List.of(
        "has space",
        "<script>",
        "quote\"quote",
        "semi;colon",
        "{}",
        "tab\there",
        "x".repeat(2_000));
  }

  @ParameterizedTest
  @MethodSource("insane")
  void insaneRequestIdIsReplaced(String id) {
    assertThat(withId("/tenants", id).header(REQUEST_ID).orElseThrow())
        .isNotEqualTo(id)
        .matches("[A-Za-z0-9._-]{8,128}");
  }

  @Test
  void everyRequestGetsAnIdOfItsOwn() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(api.get("/tenants?limit=1").header(REQUEST_ID).orElseThrow());
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  /** The columns are the method, the path, the body ("-" for none) and the expected status. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET  | /tenants?limit=1        | -    | 200",
        "GET  | /.well-known/jwks.json  | -    | 200",
        "GET  | /tenants?limit=0        | -    | 400",
        "GET  | /tenants/x              | -    | 404",
        "POST | /register               | {}   | 400",
        "POST | /register               | {    | 400",
        "POST | /check-in               | {\"appliance_credential\":\"x\"} | 401",
        "GET  | /                       | -    | 404",
        "GET  | /nowhere                | -    | 404",
        "POST | /nowhere                | {}   | 404",
        "GET  | /api/tenants            | -    | 404",
        "POST | /api/register           | {}   | 404",
        "GET  | /tenants/x/y            | -    | 404",
        "GET  | /index.html             | -    | 404",
        "GET  | /favicon.ico            | -    | 404",
        "GET  | /.env                   | -    | 404",
        "GET  | /register               | -    | 405",
        "PUT  | /register               | {}   | 405",
        "DELETE | /tenants/x            | -    | 405",
        "POST | /.well-known/jwks.json  | {}   | 405"
      })
  void everyAnswerHasARequestIdAndEveryErrorIsAProblem(
      String method, String path, String body, int status) {
    Answer answer = api.send(method, path, body.equals("-") ? null : body, Api.authorized());
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header(REQUEST_ID)).isPresent();
    if (status >= 400) {
      assertProblem(answer);
    }
  }

  @Test
  void requestIdIsInTheLogOfItsRequest() {
    String id = "it-" + Customer.unique();
    withId("/tenants/x", id);
    Await.until(
        Duration.ofMinutes(1),
        () ->
            Stage.node()
                .console()
                .lines()
                .anyMatch(line -> line.contains(id) && line.contains("tenant")),
        () -> "no log line of request " + id);
  }

  @Test
  void wrongMethodSaysWhichAreAllowed() {
    assertThat(api.get("/register").header("Allow").orElseThrow()).contains("POST");
  }

  @Test
  void validationErrorListsItsFields() {
    Answer answer = api.service("/register-tenant", "company_name", "x", "edition", "gold");
    assertProblem(answer);
    assertThat(answer.text("code")).isEqualTo("invalid_request");
    List<JsonObject> errors = answer.json().getJsonArray("errors").getValuesAs(JsonObject.class);
    assertThat(errors)
        .allSatisfy(
            error -> assertThat(error.keySet()).containsExactlyInAnyOrder("field", "message"));
    assertThat(errors)
        .extracting(error -> error.getString("field"))
        .containsExactlyInAnyOrder("contact_email", "edition");
  }

  @Test
  void problemWithoutFieldsHasNoErrors() {
    Answer answer = api.get("/tenants/x");
    assertProblem(answer);
    assertThat(answer.has("errors")).isFalse();
  }

  @Test
  void unexpectedErrorShowsNoDetail() {
    Sql sql = Stage.sql();
    String name = "it_trap_" + Customer.unique().replace('-', '_');
    sql.update(
        """
        CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the secret of %s in INSERT INTO tenant_registry'; END $$
        """
            .formatted(name, name));
    sql.update(
        "CREATE TRIGGER %s BEFORE INSERT ON tenant_registry FOR EACH ROW".formatted(name)
            + " WHEN (NEW.company_name = '%s') EXECUTE FUNCTION %s()".formatted(name, name));
    try {
      Answer answer =
          api.service(
              "/register-tenant",
              "company_name",
              name,
              "contact_email",
              "trap@it.test",
              "edition",
              "essentials");
      assertThat(answer.outcome()).isEqualTo("500 internal_error");
      assertProblem(answer);
      assertThat(answer.json().keySet())
          .containsExactlyInAnyOrder("type", "title", "status", "code", "error");
      assertThat(answer.body()).doesNotContain(name, "secret", "INSERT", "tenant_registry", "PSQL");
    } finally {
      sql.update("DROP TRIGGER %s ON tenant_registry".formatted(name));
      sql.update("DROP FUNCTION %s()".formatted(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M\u00fcller & S\u00f6hne",
        "\u682a\u5f0f\u4f1a\u793e \u30a2\u30eb\u30ac",
        "\u0634\u0631\u0643\u0629 \u0645\u062d\u062f\u0648\u062f\u0629",
        "Cafe\u0301 \ud83d\ude80\ud83c\udfff",
        "</script><b>\"O'Hara\\\"</b>",
        "a\u2028b",
        "{\"$\": \"${jndi:x}\"} %s %n"
      })
  void textComesBackInNormalizationFormC(String company) {
    String stored = Normalizer.normalize(company, Normalizer.Form.NFC);
    Answer registered =
        api.service(
            "/register-tenant",
            "company_name",
            company,
            "contact_email",
            "text@it.test",
            "edition",
            "pro",
            "stripe_sub_id",
            "sub_" + Customer.unique());
    assertThat(registered.outcome()).isEqualTo("201");
    Answer detail = api.get("/tenants/" + registered.text("tenant_id"));
    assertThat(detail.header("Content-Type").orElseThrow()).startsWith("application/json");
    assertThat(detail.object("tenant").getString("company_name")).isEqualTo(stored);
    Answer redeemed =
        api.appliance(
            "/register", "claim_code", registered.text("install_code"), "appliance_id", "box");
    assertThat(redeemed.text("company_name")).isEqualTo(stored);
  }

  private Answer withId(String path, String id) {
    Map<String, String> headers = new HashMap<>(Api.authorized());
    headers.put(REQUEST_ID, id);
    return api.send("GET", path, null, headers);
  }

  private static void assertProblem(Answer answer) {
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
    JsonObject problem = answer.json();
    assertThat(problem.getInt("status")).isEqualTo(answer.status());
    assertThat(problem.getString("type")).isNotEmpty();
    assertThat(problem.getString("title")).isNotEmpty();
    assertThat(problem.getString("code")).matches("[a-z_]+");
    assertThat(problem.getString("error")).endsWith(".").doesNotContain("\n", "Exception", " at ");
  }
}
