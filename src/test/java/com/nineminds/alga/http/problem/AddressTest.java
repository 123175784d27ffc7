package com.nineminds.alga.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some addresses never reach a route, because the server refuses them. */
class AddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tenants/a%00b",
        "/tenants/%0a",
        "/tenants/%7F",
        "/tenants/\u0001",
        "/tenants/a\tb",
        "/tenants/%",
        "/tenants/a%2",
        "/tenants/%zz",
        "/tenants/%u0041",
        "/tenants/%2e%2e/%2e%2e/etc",
        "/tenants/..%2f..%2fetc",
        "/tenants/../..",
        "/..",
        "/tenants/..;",
        "/tenants/..;x=1/y",
        "/tenants/.;"
      })
  void someAreRefusedBeforeAnApplicationIsAsked(String path) {
    assertThat(new Address(path).isRefusedByTheServer()).isTrue();
    assertThat(new Address(path).isRefused()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tenants/a%2Fb",
        "/tenants/a%2fb",
        "/tenants/a%5Cb",
        "/tenants/a\\b",
        "/tenants/%2e",
        "/tenants/a%23b",
        "/tenants/a#b",
        "/tenants/%c0%af",
        "/tenants/%ff"
      })
  void someAreRefusedInTheApplication(String path) {
    assertThat(new Address(path).isRefusedByTheServer()).isFalse();
    assertThat(new Address(path).isRefused()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "*",
        "/register",
        "/.well-known/jwks.json",
        "/tenants/6f1c1c1e-0000-4000-8000-000000000001",
        "/tenants/..x",
        "/tenants/.hidden",
        "/tenants/x;a=b",
        "/tenants/../tenants/x",
        "/tenants/%41%20%25%3B%3F",
        "/tenants/%C3%A9",
        "/tenants/\u00e9",
        "/admin/overview.xhtml"
      })
  void othersAreNotRefused(String path) {
    assertThat(new Address(path).isRefusedByTheServer()).isFalse();
    assertThat(new Address(path).isRefused()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/tenants/a%00b, unknown_tenant",
    "/tenants/%2F, unknown_tenant",
    "/tenants/a%00b/c, not_found",
    "/tenants/, not_found",
    "/tenants%00, not_found",
    "/a%00b, not_found",
    "/other/a%00b, not_found"
  })
  void answerIsThatOfAnUnknownId(String path, String code) {
    ProblemBody body =
        new PathRules(Map.of("/tenants/", UnknownTenant::new), List.of()).answer(new Address(path));
    assertThat(body.code()).isEqualTo(code);
    assertThat(body.status()).isEqualTo(404);
  }

  @Test
  void longAddressTakesNoTime() {
    String dots = "/tenants" + "/..".repeat(2_000) + "%2e".repeat(2_000);
    assertThat(new Address(dots).isRefusedByTheServer()).isTrue();
    assertThat(new Address("/x".repeat(4_000)).isRefused()).isFalse();
  }
}
