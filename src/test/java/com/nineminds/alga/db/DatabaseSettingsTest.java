package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.db.DatabaseSettings.Server;
import com.nineminds.alga.db.DatabaseSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names, the defaults and the errors of {@code DB_*}. */
class DatabaseSettingsTest {

  @TempDir Path directory;

  @Test
  void namesAndDefaults() {
    GivenSettings given = required();
    assertThat(DatabaseSettings.read(given.settings()))
        .isEqualTo(
            new DatabaseSettings(
                List.of(new Server("db.example", 5432)),
                "alga",
                new DatabaseSettings.Role("DB_USER_APP", "app", "app-password"),
                new DatabaseSettings.Role("DB_USER_ADMIN", "admin", "admin-password"),
                new Tls("prefer", Optional.empty())));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "DB_HOST",
            "DB_PORT",
            "DB_NAME",
            "DB_USER_APP",
            "DB_PASSWORD_APP",
            "DB_USER_ADMIN",
            "DB_PASSWORD_ADMIN",
            "DB_SSLMODE",
            "DB_SSLROOTCERT");
  }

  @Test
  void portAndNameCanBeSet() {
    DatabaseSettings settings =
        DatabaseSettings.read(required().with("DB_PORT", "6543").with("DB_NAME", "x").settings());
    assertThat(settings.servers()).containsExactly(new Server("db.example", 6543));
    assertThat(settings.name()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DB_HOST", "DB_USER_APP", "DB_PASSWORD_APP", "DB_USER_ADMIN", "DB_PASSWORD_ADMIN"})
  void missingOneIsNamed(String name) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().without(name).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(name + ": is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "five", " 5432", ""})
  void wrongPortIsRefused(String port) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_PORT", port).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("DB_PORT: expected a whole number from 1 to 65535");
  }

  @Test
  void severalHostsEachHaveTheirPort() {
    DatabaseSettings settings =
        DatabaseSettings.read(
            required().with("DB_HOST", "db1,db2").with("DB_PORT", "5432,5433").settings());
    assertThat(settings.servers())
        .containsExactly(new Server("db1", 5432), new Server("db2", 5433));
    assertThat(settings.where()).isEqualTo("db1:5432,db2:5433");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5432", "5432,5432,5432"})
  void asManyPortsAsHostsAreExpected(String ports) {
    assertThatThrownBy(
            () ->
                DatabaseSettings.read(
                    required().with("DB_HOST", "db1,db2").with("DB_PORT", ports).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("DB_PORT: expected a port for each host of DB_HOST, as in 5432,5432");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"db1, db2", "db1,", "db1/x", "db1?ssl=no", "db1&ssl=no", "db%31", "[::1]"})
  void hostsThatWouldReadOtherwiseInAnAddressAreRefused(String hosts) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_HOST", hosts).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(
            "DB_HOST: expected a host, or several as in db1,db2; an IPv6 address has no brackets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alga?x=y", "al ga", "/alga", "alga%20", ""})
  void namesThatWouldReadOtherwiseInAnAddressAreRefused(String name) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_NAME", name).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("DB_NAME: expected letters, digits, '_', '-' and '.' only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DB_HOST", "DB_PORT", "DB_NAME", "DB_SSLMODE", "DB_SSLROOTCERT"})
  void whatTheServerReadsTooCannotComeFromAFile(String name) {
    assertThatThrownBy(
            () -> DatabaseSettings.read(required().with(name + "_FILE", "/x").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(name + "_FILE: is not read for this setting; set " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://10.0.0.1:5432", "udp://10.0.0.1:53", "tcp://[fd00::1]:5432"})
  void portOfAKubernetesServiceLinkIsRefusedWithAdvice(String link) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_PORT", link).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("DB_PORT: is an address, as Kubernetes sets it")
        .hasMessageContaining("enableServiceLinks: false");
  }

  @Test
  void addressOfIpv6IsShownInBrackets() {
    DatabaseSettings settings = DatabaseSettings.read(required().with("DB_HOST", "::1").settings());
    assertThat(settings.servers()).containsExactly(new Server("::1", 5432));
    assertThat(settings.where()).isEqualTo("[::1]:5432");
  }

  @Test
  void addressIsToldInTheWordsOfTheSettings() {
    DatabaseSettings settings =
        DatabaseSettings.read(
            required().with("DB_HOST", "db1,db2").with("DB_PORT", "1,02").settings());
    assertThat(settings.address())
        .containsExactly(
            Map.entry("DB_HOST", "db1,db2"),
            Map.entry("DB_PORT", "1,2"),
            Map.entry("DB_NAME", "alga"),
            Map.entry("DB_SSLMODE", "prefer"),
            Map.entry("DB_SSLROOTCERT", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "allow", "REQUIRE", "verify_full", "true"})
  void unknownSslModeIsRefused(String mode) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_SSLMODE", mode).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("DB_SSLMODE: expected one of prefer, require, verify-ca, verify-full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify-ca", "verify-full"})
  void verifyingNeedsARootCertificate(String mode) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_SSLMODE", mode).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("DB_SSLROOTCERT: is needed if DB_SSLMODE is verify-ca");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require"})
  void rootCertificateThatNobodyWouldUseIsRefused(String mode) {
    GivenSettings given = required().with("DB_SSLMODE", mode).with("DB_SSLROOTCERT", "/root.pem");
    assertThatThrownBy(() -> DatabaseSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageEndingWith("and only then");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n", "x"})
  void rootCertificateThatIsNoneIsRefused(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("root.pem"), content);
    for (String path : List.of(file.toString(), directory.toString(), "/nowhere/root.pem")) {
      assertThatThrownBy(
              () ->
                  DatabaseSettings.read(
                      required()
                          .with("DB_SSLMODE", "verify-full")
                          .with("DB_SSLROOTCERT", path)
                          .settings()))
          .isInstanceOf(IllegalSetting.class)
          .hasMessage("DB_SSLROOTCERT: expected a file with certificates in PEM");
    }
  }

  @Test
  void isShownWithoutPasswords() {
    assertThat(DatabaseSettings.read(required().settings()).toString())
        .contains("app", "admin")
        .doesNotContain("app-password", "admin-password");
  }

  private static GivenSettings required() {
    return GivenSettings.of(
        "DB_HOST",
        "db.example",
        "DB_USER_APP",
        "app",
        "DB_PASSWORD_APP",
        "app-password",
        "DB_USER_ADMIN",
        "admin",
        "DB_PASSWORD_ADMIN",
        "admin-password");
  }
}
