package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node that cannot start ends its process, and gives the reason in one line. */
class RefusedStartIT {

  private static final int EX_CONFIG = 78;

  /** A database that one node has migrated. No later node starts successfully on it. */
  private static Sql migrated;

  @BeforeAll
  static void migrate() {
    migrated = new Sql(Stage.freshDatabase());
    Node.start("migrates", Stage.settings(migrated.database())).close();
  }

  @AfterAll
  static void drop() throws Exception {
    Stage.postgres().dropDatabase(migrated.database());
  }

  @Test
  void missingServiceSecret() {
    assertRefused(
        "no-secret",
        settings -> settings.remove("ALGA_LICENSE_SERVICE_SECRET"),
        "ALGA_LICENSE_SERVICE_SECRET: is required");
  }

  @Test
  void malformedCodeKey() {
    assertRefused(
        "bad-key",
        settings -> settings.put("CLAIM_CODE_KEY", "hunter2"),
        "CLAIM_CODE_KEY: expected 32 bytes in base64");
  }

  @Test
  void someButNotAllOfTheObjectStore() {
    assertRefused(
        "half-store",
        settings ->
            settings.keySet().removeAll(List.of("OBJECT_STORE_BUCKET", "OBJECT_STORE_SECRET_KEY")),
        "OBJECT_STORE_BUCKET, OBJECT_STORE_SECRET_KEY: missing");
  }

  @Test
  void someButNotAllOfTheOpenIdProvider() {
    assertRefused(
        "half-provider",
        settings -> {
          settings.remove("CONSOLE_OPERATORS_FILE");
          settings.put("CONSOLE_OIDC_DISCOVERY_URL", "https://id.example");
          settings.put("CONSOLE_OIDC_CLIENT_SECRET", "hunter2");
        },
        "CONSOLE_OIDC_CLIENT_ID, CONSOLE_OIDC_GROUP: missing");
  }

  @Test
  void bothWaysToSignIn() {
    assertRefused(
        "both-ways",
        settings -> {
          for (String name : List.of("CLIENT_ID", "CLIENT_SECRET", "GROUP")) {
            settings.put("CONSOLE_OIDC_" + name, "hunter2");
          }
          settings.put("CONSOLE_OIDC_DISCOVERY_URL", "https://id.example");
        },
        "CONSOLE_OPERATORS: is set, and so is CONSOLE_OIDC_DISCOVERY_URL");
  }

  @Test
  void publicAddressThatIsNone() {
    assertRefused(
        "bad-url",
        settings -> settings.put("PUBLIC_BASE_URL", "license.example.com"),
        "PUBLIC_BASE_URL: expected an address");
  }

  @Test
  void codeKeyOfAnotherDatabase() {
    assertRefused(
        "other-key",
        settings -> {
          settings.put("DB_NAME", migrated.database());
          settings.put("CLAIM_CODE_KEY", Stage.random(32));
        },
        "CLAIM_CODE_KEY: is not the key that this database's codes were minted under");
  }

  @Test
  void appRoleThatDoesNotExist() {
    assertRefused(
        "no-role",
        settings -> settings.put("DB_USER_APP", "nobody_here"),
        "nobody_here",
        "DB_USER_APP");
  }

  @Test
  void wrongPasswordOfTheAdminRole() {
    assertRefused(
        "bad-password",
        settings -> settings.put("DB_PASSWORD_ADMIN", "hunter2"),
        "refuses the role alga_admin");
  }

  @Test
  void schemaThatIsNewerThanTheRelease() {
    migrated.update(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        VALUES (9999, '9999', 'future', 'SQL', 'V9999__future.sql', 1, 'alga_admin', 1, true)
        """);
    try {
      assertRefused("newer", this::onMigrated, "does not fit this release", "9999");
    } finally {
      migrated.update("DELETE FROM flyway_schema_history WHERE installed_rank = 9999");
    }
  }

  @Test
  void schemaThatItsMigrationsDidNotLeaveSo() {
    migrated.update("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '2'");
    try {
      assertRefused(
          "broken",
          this::onMigrated,
          "does not fit this release",
          "checksum",
          "from before the first release");
    } finally {
      migrated.update(
          "UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE version = '2'");
    }
  }

  private void onMigrated(Map<String, String> settings) {
    settings.put("DB_NAME", migrated.database());
  }

  private static void assertRefused(
      String name, Consumer<Map<String, String>> change, String... words) {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    change.accept(settings);
    try (Node node = Node.launch("refused-" + name, settings)) {
      assertThat(node.awaitExit()).as(node.console()).isEqualTo(EX_CONFIG);
      List<String> lines =
          node.console()
              .lines()
              .filter(line -> line.contains("Alga License cannot start: "))
              .toList();
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).contains(words);
      assertThat(node.console()).doesNotContain("hunter2", "\"ibm_stackTrace\"");
    }
  }
}
