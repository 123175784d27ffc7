package com.nineminds.alga.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.operator.session.Sessions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorSettingsTest {

  private static final String SALT = "c2FsdHNhbHRzYWx0c2FsdA==";
  private static final String DIGEST = "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g=";
  private static final String HASH = "PBKDF2WithHmacSHA256:600000:" + SALT + ":" + DIGEST;

  @Test
  void namesAndDefaultsWithPasswords() {
    GivenSettings given = passwords();
    assertThat(OperatorSettings.read(given.settings()))
        .isEqualTo(
            new OperatorSettings(
                Map.of("anna", HASH),
                Optional.empty(),
                URI.create("https://license.example"),
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                Duration.ofMinutes(10)));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "CONSOLE_OPERATORS",
            "CONSOLE_OIDC_DISCOVERY_URL",
            "CONSOLE_OIDC_CLIENT_ID",
            "CONSOLE_OIDC_CLIENT_SECRET",
            "CONSOLE_OIDC_GROUP",
            "CONSOLE_BASE_URL",
            "PUBLIC_BASE_URL",
            "CONSOLE_IDLE_MINUTES",
            "CONSOLE_SESSION_HOURS",
            "CONSOLE_OIDC_RECHECK_MINUTES");
  }

  @Test
  void namesAndDefaultsWithAProvider() {
    GivenSettings given = provider();
    assertThat(OperatorSettings.read(given.settings()).provider())
        .contains(
            new OperatorSettings.Provider(
                URI.create("https://id.example/.well-known/openid-configuration"),
                "console",
                "hunter2",
                "openid profile email",
                "groups",
                "operators"));
    assertThat(given.asked()).contains("CONSOLE_OIDC_SCOPE", "CONSOLE_OIDC_CLAIM");
  }

  @Test
  void everythingElseCanBeSet() {
    OperatorSettings settings =
        OperatorSettings.read(
            provider()
                .with("CONSOLE_BASE_URL", "http://console.example:8443/")
                .with("CONSOLE_IDLE_MINUTES", "1")
                .with("CONSOLE_SESSION_HOURS", "168")
                .with("CONSOLE_OIDC_RECHECK_MINUTES", "2")
                .with("CONSOLE_OIDC_SCOPE", "openid roles")
                .with("CONSOLE_OIDC_CLAIM", "realm_access.roles")
                .settings());
    assertThat(settings.baseUrl()).isEqualTo(URI.create("http://console.example:8443"));
    assertThat(settings.secure()).isFalse();
    assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.longest()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.recheck()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.provider().orElseThrow().scope()).isEqualTo("openid roles");
    assertThat(settings.provider().orElseThrow().claim()).isEqualTo("realm_access.roles");
  }

  @ParameterizedTest
  @CsvSource({
    "https://console.example, https://console.example",
    "https://Console.example:443/, https://console.example",
    "http://console.example:80, http://console.example",
    "https://console.example:8443, https://console.example:8443"
  })
  void originIsAsBrowsersNameIt(String baseUrl, String origin) {
    assertThat(
            OperatorSettings.read(passwords().with("CONSOLE_BASE_URL", baseUrl).settings())
                .origin())
        .isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \r\n \n"})
  void noWayToSignInMeansNoConsole(String operators) {
    GivenSettings given = passwords().with("CONSOLE_OPERATORS", operators);
    assertThat(OperatorSettings.read(given.settings()).on()).isFalse();
    assertThat(OperatorSettings.read(given.without("CONSOLE_OPERATORS").settings()).on()).isFalse();
    assertThat(OperatorSettings.read(passwords().settings()).on()).isTrue();
    assertThat(OperatorSettings.read(provider().settings()).on()).isTrue();
  }

  @Test
  void aLineForEachOperator() {
    String weaker = HASH.replace("600000", "210000").replace("256", "512");
    String lines = "anna:" + HASH + "\r\n\n  boris@example.test:" + weaker + "  \n";
    assertThat(read("CONSOLE_OPERATORS", lines).operators())
        .isEqualTo(Map.of("anna", HASH, "boris@example.test", weaker));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna",
        "anna:hunter2",
        ":%s",
        "an na:%s",
        "anna:%s:more",
        "anna:%s\nanna:%s",
        "anna:%s boris:%s",
        "anna:PBKDF2WithHmacSHA1:600000:SALT:DIGEST",
        "anna:PBKDF2WithHmacSHA256:209999:SALT:DIGEST",
        "anna:PBKDF2WithHmacSHA256:0:SALT:DIGEST",
        "anna:PBKDF2WithHmacSHA256:-600000:SALT:DIGEST",
        "anna:PBKDF2WithHmacSHA256:6000000000:SALT:DIGEST",
        "anna:PBKDF2WithHmacSHA256:600000:c2FsdA==:DIGEST",
        "anna:PBKDF2WithHmacSHA256:600000:SALT:aGFzaA==",
        "anna:PBKDF2WithHmacSHA256:600000:SALT:",
        "anna:$2a$12$abcdefghijklmnopqrstuuJ8y2Jx3pVx5Zk1W0yXc6Gq8m5nVtY7e"
      })
  void anythingElseIsRefusedAndNotRepeated(String line) {
    String text = line.replace("%s", HASH).replace("SALT", SALT).replace("DIGEST", DIGEST);
    assertThatThrownBy(() -> read("CONSOLE_OPERATORS", text))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CONSOLE_OPERATORS: expected one line for each operator")
        .hasMessageNotContainingAny("hunter2", SALT, DIGEST, "anna");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DISCOVERY_URL", "CLIENT_ID", "CLIENT_SECRET", "GROUP"})
  void oneOfTheProvidersMissingIsNamed(String name) {
    assertThatThrownBy(
            () -> OperatorSettings.read(provider().without("CONSOLE_OIDC_" + name).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CONSOLE_OIDC_" + name + ": missing; set all of ")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void twoWaysToSignInAreOneTooMany() {
    assertThatThrownBy(
            () ->
                OperatorSettings.read(
                    provider().with("CONSOLE_OPERATORS", "anna:" + HASH).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CONSOLE_OPERATORS: is set, and so is CONSOLE_OIDC_DISCOVERY_URL")
        .hasMessageNotContainingAny("hunter2", SALT, DIGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "CONSOLE_IDLE_MINUTES, 0",
    "CONSOLE_IDLE_MINUTES, 1441",
    "CONSOLE_IDLE_MINUTES, never",
    "CONSOLE_SESSION_HOURS, 0",
    "CONSOLE_SESSION_HOURS, 169",
    "CONSOLE_SESSION_HOURS, -1",
    "CONSOLE_OIDC_RECHECK_MINUTES, 1",
    "CONSOLE_OIDC_RECHECK_MINUTES, 1441",
    "CONSOLE_BASE_URL, console.example",
    "CONSOLE_BASE_URL, javascript:alert(1)",
    "CONSOLE_BASE_URL, ftp://console.example"
  })
  void outOfBoundsIsRefused(String name, String value) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(name + ": expected");
  }

  @Test
  void secureIsHttpsOnly() {
    assertThat(read("CONSOLE_BASE_URL", "https://console.example").secure()).isTrue();
    assertThat(read("CONSOLE_BASE_URL", "http://console.example").secure()).isFalse();
    assertThat(OperatorSettings.read(passwords().settings()).secure()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/.well-known/openid-configuration",
        "http://127.0.0.1.example/.well-known/openid-configuration",
        "http://10.0.0.1:8080"
      })
  void aProviderWithoutTlsIsRefused(String address) {
    assertThatThrownBy(
            () ->
                OperatorSettings.read(
                    provider().with("CONSOLE_OIDC_DISCOVERY_URL", address).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CONSOLE_OIDC_DISCOVERY_URL: expected an https address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile email", "openid,profile", "OpenID", "openidx"})
  void aScopeWithoutOpenidIsRefused(String scope) {
    assertThatThrownBy(
            () -> OperatorSettings.read(provider().with("CONSOLE_OIDC_SCOPE", scope).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("CONSOLE_OIDC_SCOPE: expected words with openid among them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"})
  void aProviderOnThisMachineNeedsNoTls(String address) {
    GivenSettings given = provider().with("CONSOLE_OIDC_DISCOVERY_URL", address);
    assertThat(OperatorSettings.read(given.settings()).on()).isTrue();
  }

  @Test
  void isShownWithoutSecrets() {
    assertThat(OperatorSettings.read(passwords().settings()).toString())
        .contains("anna")
        .doesNotContain(SALT, DIGEST);
    assertThat(OperatorSettings.read(provider().settings()).toString())
        .contains("https://id.example")
        .doesNotContain("hunter2");
  }

  /** A session ends when the identity of its provider changes: see {@link Sessions}. */
  @ParameterizedTest
  @ValueSource(strings = {"DISCOVERY_URL", "CLIENT_ID", "GROUP", "CLAIM"})
  void aProviderIsToldApartByWhomItLetsIn(String name) {
    String other = "https://other.example";
    assertThat(OperatorSettings.read(provider().with("CONSOLE_OIDC_" + name, other).settings()))
        .extracting(OperatorSettings::provider)
        .doesNotHaveToString(OperatorSettings.read(provider().settings()).provider().toString());
  }

  private static OperatorSettings read(String name, String value) {
    return OperatorSettings.read(passwords().with(name, value).settings());
  }

  private static GivenSettings passwords() {
    return GivenSettings.of(
        "PUBLIC_BASE_URL", "https://license.example/", "CONSOLE_OPERATORS", "anna:" + HASH);
  }

  private static GivenSettings provider() {
    return GivenSettings.of(
        "PUBLIC_BASE_URL",
        "https://license.example",
        "CONSOLE_OIDC_DISCOVERY_URL",
        "https://id.example/.well-known/openid-configuration",
        "CONSOLE_OIDC_CLIENT_ID",
        "console",
        "CONSOLE_OIDC_CLIENT_SECRET",
        "hunter2",
        "CONSOLE_OIDC_GROUP",
        "operators");
  }
}
