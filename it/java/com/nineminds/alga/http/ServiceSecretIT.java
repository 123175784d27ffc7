package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some routes need the service secret, and answer 401 without it. */
class ServiceSecretIT {

  private static final List<String> ROUTES =
      List.of(
          "POST /register-tenant",
          "POST /install-codes/reissue",
          "POST /claim-codes",
          "POST /sign",
          "POST /revoke",
          "POST /verify-appliance",
          "GET /tenants",
          "GET /tenants/7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11",
          "GET /tenants/x");

  private final Api api = Stage.api();

  /** Every service route with every header that must be refused; null for no header. */
  static List<Arguments> lockedOut() {
    String secret = Stage.SERVICE_SECRET;
    List<Arguments> all = new ArrayList<>();
    for (String route : ROUTES) {
      all.add(Arguments.of(route, "no header", null));
      all.add(Arguments.of(route, "no token", "Bearer"));
      all.add(Arguments.of(route, "a wrong token", "Bearer wrong"));
      all.add(Arguments.of(route, "one character more", "Bearer " + secret + "x"));
      all.add(
          Arguments.of(
              route, "one character less", "Bearer " + secret.substring(0, secret.length() - 1)));
      all.add(Arguments.of(route, "no scheme", secret));
      all.add(Arguments.of(route, "another scheme", "Basic " + secret));
    }
    return all;
  }

  @ParameterizedTest(name = "{0} with {1}")
  @MethodSource("lockedOut")
  void missingOrWrongSecretIs401(String route, String what, String header) {
    Answer answer = send(api, route, header == null ? Map.of() : Map.of("Authorization", header));
    assertThat(answer.outcome()).as(what).isEqualTo("401 unauthorized");
    assertThat(answer.header("WWW-Authenticate")).hasValue("Bearer");
    assertThat(answer.body()).doesNotContain(Stage.SERVICE_SECRET);
  }

  static List<String> routes() {
    return ROUTES;
  }

  @ParameterizedTest
  @MethodSource("routes")
  void secretOpensTheRoute(String route) {
    assertThat(send(api, route, Api.authorized()).status()).isIn(200, 400, 404);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void previousSecretOpensTheRouteTooDuringARotation(String route) {
    Api varied = new Api(Stage.variedNode().base());
    assertThat(send(varied, route, Api.authorized()).status()).isIn(200, 400, 404);
    Map<String, String> current = Map.of("Authorization", "Bearer " + Stage.variedSecret());
    assertThat(send(varied, route, current).status()).isIn(200, 400, 404);
    assertThat(send(varied, route, Map.of("Authorization", "Bearer wrong")).outcome())
        .isEqualTo("401 unauthorized");
  }

  @Test
  void secretOfAnotherNodeDoesNotOpen() {
    Map<String, String> next = Map.of("Authorization", "Bearer " + Stage.variedSecret());
    assertThat(send(api, "GET /tenants", next).outcome()).isEqualTo("401 unauthorized");
  }

  @Test
  void withoutSecretNothingIsDone() {
    String email = "locked-" + Customer.unique() + "@it.test";
    String body =
        Api.object("company_name", "Locked", "contact_email", email, "edition", "essentials")
            .toString();
    assertThat(api.send("POST", "/register-tenant", body, Map.of()).outcome())
        .isEqualTo("401 unauthorized");
    assertThat(
            Stage.sql()
                .all(
                    String.class,
                    "SELECT company_name FROM tenant_registry WHERE contact_email = ?",
                    email))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /register 400 invalid_request",
        "POST /check-in 400 invalid_request",
        "GET /.well-known/jwks.json 200"
      })
  void applianceAndOpenRoutesNeedNoSecret(String routeAndOutcome) {
    String[] words = routeAndOutcome.split(" ", 3);
    Map<String, String> wrong = Map.of("Authorization", "Bearer wrong");
    assertThat(send(api, words[0] + " " + words[1], Map.of()).outcome()).isEqualTo(words[2]);
    assertThat(send(api, words[0] + " " + words[1], wrong).outcome()).isEqualTo(words[2]);
  }

  private static Answer send(Api with, String route, Map<String, String> headers) {
    String method = route.substring(0, route.indexOf(' '));
    return with.send(
        method,
        route.substring(route.indexOf(' ') + 1),
        method.equals("POST") ? "{}" : null,
        headers);
  }
}
