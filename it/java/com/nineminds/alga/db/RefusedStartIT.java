package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node that cannot start ends its process, and gives the reason in one line. */
class RefusedStartIT {

  private static final int EX_CONFIG = 78;

  /** A database that one node has migrated. No later node starts successfully on it. */
  private static Sql migrated;

  /** A start with a setting that cannot be, and what is said of it. */
  private record Refusal(String name, Consumer<Map<String, String>> change, List<String> words) {

    Refusal(String name, Consumer<Map<String, String>> change, String... words) {
      this(name, change, List.of(words));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A start leaves a core idle at times: there are two at once. */
  private static final ExecutorService STARTS = Executors.newFixedThreadPool(2);

  private static final Map<String, Future<End>> ENDS = new HashMap<>();

  @BeforeAll
  static void migrate() {
    migrated = new Sql(Stage.freshDatabase());
    Node.start("migrates", Stage.settings(migrated.database())).close();
    for (Refusal refusal : refusals()) {
      ENDS.put(
          refusal.name(),
          STARTS.submit(() -> start(refusal.name().replace(' ', '-'), refusal.change())));
    }
  }

  @AfterAll
  static void drop() throws Exception {
    STARTS.shutdownNow();
    Stage.postgres().dropDatabase(migrated.database());
  }

  /** Starts that need nothing of each other. */
  private static List<Refusal> refusals() {
    return List.of(
        new Refusal(
            "missing service secret",
            settings -> settings.remove("ALGA_LICENSE_SERVICE_SECRET"),
            "ALGA_LICENSE_SERVICE_SECRET: is required"),
        new Refusal(
            "malformed code key",
            settings -> settings.put("CLAIM_CODE_KEY", "hunter2"),
            "CLAIM_CODE_KEY: expected 32 bytes in base64"),
        new Refusal(
            "some but not all of the object store",
            settings ->
                settings
                    .keySet()
                    .removeAll(List.of("OBJECT_STORE_BUCKET", "OBJECT_STORE_SECRET_KEY")),
            "OBJECT_STORE_BUCKET, OBJECT_STORE_SECRET_KEY: missing"),
        new Refusal(
            "some but not all of the openid provider",
            settings -> {
              settings.remove("CONSOLE_OPERATORS_FILE");
              settings.put("CONSOLE_OIDC_DISCOVERY_URL", "https://id.example");
              settings.put("CONSOLE_OIDC_CLIENT_SECRET", "hunter2");
            },
            "CONSOLE_OIDC_CLIENT_ID, CONSOLE_OIDC_GROUP: missing"),
        new Refusal(
            "both ways to sign in",
            settings -> {
              for (String name : List.of("CLIENT_ID", "CLIENT_SECRET", "GROUP")) {
                settings.put("CONSOLE_OIDC_" + name, "hunter2");
              }
              settings.put("CONSOLE_OIDC_DISCOVERY_URL", "https://id.example");
            },
            "CONSOLE_OPERATORS: is set, and so is CONSOLE_OIDC_DISCOVERY_URL"),
        new Refusal(
            "public address that is none",
            settings -> settings.put("PUBLIC_BASE_URL", "license.example.com"),
            "PUBLIC_BASE_URL: expected an address"),
        new Refusal(
            "code key of another database",
            settings -> {
              onMigrated(settings);
              settings.put("CLAIM_CODE_KEY", Stage.random(32));
            },
            "CLAIM_CODE_KEY: is not the key that this database's codes were minted under"),
        new Refusal(
            "app role that does not exist",
            settings -> settings.put("DB_USER_APP", "nobody_here"),
            "nobody_here",
            "DB_USER_APP"),
        new Refusal(
            "wrong password of the admin role",
            settings -> settings.put("DB_PASSWORD_ADMIN", "hunter2"),
            "refuses the role alga_admin (DB_USER_ADMIN)"),
        new Refusal(
            "wrong password of the app role",
            settings -> settings.put("DB_PASSWORD_APP", "hunter2"),
            "refuses the role alga_app (DB_USER_APP)"),
        new Refusal(
            "setting that the server does not know",
            settings -> settings.put("JVM_ARGS", "-XX:TieredStopAtLevel=1 -DDB_NAME="),
            "DB_NAME: the server has read another value"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void startIsRefused(Refusal refusal) throws Exception {
    ENDS.get(refusal.name()).get().assertSays(refusal.words());
  }

  @Test
  void schemaThatIsNewerThanTheRelease() throws Exception {
    awaitOthers();
    migrated.update(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        VALUES (9999, '9999', 'future', 'SQL', 'V9999__future.sql', 1, 'alga_admin', 1, true)
        """);
    try {
      start("newer", RefusedStartIT::onMigrated).assertSays("does not fit this release", "9999");
    } finally {
      migrated.update("DELETE FROM flyway_schema_history WHERE installed_rank = 9999");
    }
  }

  @Test
  void schemaThatItsMigrationsDidNotLeaveSo() throws Exception {
    awaitOthers();
    migrated.update("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '2'");
    try {
      start("broken", RefusedStartIT::onMigrated)
          .assertSays("does not fit this release", "checksum", "from before the first release");
    } finally {
      migrated.update(
          "UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE version = '2'");
    }
  }

  private static void onMigrated(Map<String, String> settings) {
    settings.put("DB_NAME", migrated.database());
  }

  /** One of them needs the schema as it is. */
  private static void awaitOthers() throws Exception {
    for (Future<End> end : ENDS.values()) {
      end.get();
    }
  }

  private static End start(String name, Consumer<Map<String, String>> change) {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    change.accept(settings);
    try (Node node = Node.launch("refused-" + name, settings)) {
      return new End(node.awaitExit(), node.console());
    }
  }

  /** What a start left. */
  private record End(int exitCode, String console) {

    void assertSays(String... words) {
      assertSays(List.of(words));
    }

    void assertSays(List<String> words) {
      assertThat(exitCode).as(console).isEqualTo(EX_CONFIG);
      List<String> lines =
          console.lines().filter(line -> line.contains("Alga License cannot start: ")).toList();
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).contains(words);
      assertThat(console).doesNotContain("hunter2", "\"ibm_stackTrace\"");
    }
  }
}
