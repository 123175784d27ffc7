package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and defaults of {@code DB_*}. */
class DatabaseSettingsTest {

  @Test
  void namesAndDefaults() {
    GivenSettings given = required();
    assertThat(DatabaseSettings.read(given.settings()))
        .isEqualTo(
            new DatabaseSettings(
                "db.example",
                5432,
                "alga",
                new DatabaseSettings.Role("app", "app-password"),
                new DatabaseSettings.Role("admin", "admin-password")));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "DB_HOST",
            "DB_PORT",
            "DB_NAME",
            "DB_USER_APP",
            "DB_PASSWORD_APP",
            "DB_USER_ADMIN",
            "DB_PASSWORD_ADMIN");
  }

  @Test
  void portAndNameCanBeSet() {
    DatabaseSettings settings =
        DatabaseSettings.read(required().with("DB_PORT", "6543").with("DB_NAME", "x").settings());
    assertThat(settings.port()).isEqualTo(6543);
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
  @ValueSource(strings = {"0", "65536", "five"})
  void wrongPortIsRefused(String port) {
    assertThatThrownBy(() -> DatabaseSettings.read(required().with("DB_PORT", port).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("DB_PORT: expected a whole number from 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DB_HOST", "DB_PORT", "DB_NAME"})
  void whatTheServerReadsTooCannotComeFromAFile(String name) {
    assertThatThrownBy(
            () -> DatabaseSettings.read(required().with(name + "_FILE", "/x").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(name + "_FILE: is not read for this setting; set " + name);
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
