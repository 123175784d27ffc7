package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.OpenApiDocument;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every statement that the service sends finds its rows by an index. The test requests every route
 * and every page of the console of a node, and waits for its upkeep. The database logs the plan of
 * each statement of the app role. The planner scans a whole table only if there is no other way
 * ({@code enable_seqscan}).
 *
 * <p>Each statement is planned once for all values ({@code force_generic_plan}). A statement that
 * asks for plans for its values is checked with such plans instead ({@code force_custom_plan}).
 */
class StatementsIT {

  private static final Path PAGES = Path.of("src", "main", "webapp", "admin");
  private static final Path LOG = Stage.DIRECTORY.resolve("pg").resolve("postgres.log");

  /**
   * The statements that may read every row, and the reason. Each entry names a part of the
   * statement, and the table.
   */
  private static final List<Whole> MAY_READ_ALL =
      List.of(
          // No index can find a text of one or two characters. The statement reads row after row in
          // the order of the list, until the page is full.
          new Whole("LIKE lower($", "tenant_registry", "short_text"),
          // All refused credentials. Their index holds only these rows: at most one a day for each
          // license.
          new Whole("event = 'credential_refused' AND at >", "audit_log"),
          // The overview counts all appliances. With an index on the time of the last check-in,
          // each check-in would write every index of the table (see Overview).
          new Whole("width_bucket(last_checkin_at", "appliances"),
          new Whole("last_checkin_at IS NOT NULL ORDER BY at DESC LIMIT 500", "appliances"),
          // The overview counts all tenants that never installed. With an index on the status, each
          // install would write every index of the table, twice.
          new Whole("FROM tenant_registry WHERE status = 'registered'", "tenant_registry"));

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Sql sql;
  private static Node node;
  private static final String FOR_ITS_VALUES = "/* planned for its values */";

  /**
   * Statements of an operator with an identity provider, and of a start, which asks only catalogs.
   */
  private static final Set<String> NOT_SENT =
      Set.of("renew_session", "missing_grants", "missing_limits", "lock_holders");

  /** The plans to check. Each statement has either generic plans or plans for its values. */
  private static List<Plan> plans;

  private static EveryRequest requests;
  private static EveryPage pages;

  /**
   * A statement that may read every row of a table.
   *
   * @param parameter the parameter that must have a value; null for any values
   */
  private record Whole(String part, String table, String parameter) {

    Whole(String part, String table) {
      this(part, table, null);
    }

    boolean covers(Plan plan, String read) {
      return plan.statement().contains(part)
          && read.startsWith(table + ":")
          && (parameter == null || hasValue(plan));
    }

    private boolean hasValue(Plan plan) {
      SqlFile file =
          SqlFile.all().stream()
              .filter(each -> asLogged(each).equals(plan.statement()))
              .findFirst()
              .orElseThrow();
      String value = "$" + (file.sql().names().indexOf(parameter) + 1) + " = ";
      return plan.parameters().contains(value) && !plan.parameters().contains(value + "NULL");
    }
  }

  @BeforeAll
  static void driveEverything() throws IOException {
    sql = new Sql(Stage.freshDatabase());
    for (String setting :
        List.of(
            "session_preload_libraries = 'auto_explain'",
            "auto_explain.log_min_duration = 0",
            "auto_explain.log_format = 'json'",
            "auto_explain.log_analyze = on",
            "auto_explain.log_timing = off",
            "auto_explain.log_nested_statements = on", // statements of triggers
            "plan_cache_mode = 'force_generic_plan'",
            "enable_seqscan = off")) {
      sql.update(
          "ALTER ROLE %s IN DATABASE %s SET %s"
              .formatted(LocalPostgres.APP, sql.database(), setting));
    }
    Map<String, String> settings = Stage.settings(sql.database());
    settings.put("UPKEEP_INTERVAL_SECONDS", "1");
    node = Node.start("statements", settings);
    ManyRows.plant(sql);
    long before = Files.size(LOG);
    // before ANALYZE, as in the first minutes of an installation or after a restore
    new EveryRequest(node.base(), sql).send();
    // a large sample, so that the statistics do not depend on chance
    sql.update("SET default_statistics_target = 1000; ANALYZE");
    requests = new EveryRequest(node.base(), sql);
    requests.send();
    pages = new EveryPage(node.base(), sql);
    pages.open();
    requests.awaitUpkeep(node);
    plans = new ArrayList<>(loggedSince(before, false));
    planForValues();
    before = Files.size(LOG);
    new EveryRequest(node.base(), sql).lists();
    new EveryPage(node.base(), sql).lists("Japan");
    plans.addAll(loggedSince(before, true));
  }

  /** The setting applies only to new sessions, so this ends the sessions of the node. */
  private static void planForValues() {
    sql.update(
        "ALTER ROLE %s IN DATABASE %s SET plan_cache_mode = 'force_custom_plan'"
            .formatted(LocalPostgres.APP, sql.database()));
    sql.all(
        Boolean.class,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ? AND datname = ?",
        LocalPostgres.APP,
        sql.database());
    Await.until(PATIENCE, () -> node.healthStatus("ready") == 200, node::console);
  }

  private static List<Plan> loggedSince(long bytes, boolean forItsValues) throws IOException {
    return Plan.logged(loggedSince(bytes)).stream()
        .filter(plan -> plan.statement().contains(FOR_ITS_VALUES) == forItsValues)
        .toList();
  }

  /**
   * The text that the server logged after this many bytes. Other tests may make it log bytes that
   * are not UTF-8.
   */
  private static String loggedSince(long bytes) throws IOException {
    try (InputStream log = Files.newInputStream(LOG)) {
      log.skipNBytes(bytes);
      return new String(log.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    node.close();
    Stage.postgres().dropDatabase(sql.database());
  }

  @Test
  void everyRouteWasAsked() {
    assertThat(requests.routes()).isEqualTo(OpenApiDocument.routes());
  }

  @Test
  void everyPageWasOpened() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      Set<String> all =
          files
              .map(file -> file.getFileName().toString().replaceFirst("\\.xhtml$", ""))
              .filter(page -> !page.equals("failed")) // this page sends no statement
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(all).isNotEmpty();
      assertThat(pages.opened()).containsAll(all);
    }
  }

  @Test
  void everyTableWasReadAndWritten() {
    List<String> tables =
        List.of(
            "tenant_registry",
            "entitlements",
            "claim_codes",
            "appliances",
            "idempotency_keys",
            "operator_sessions",
            "rate_buckets",
            "audit_log");
    for (String table : tables) {
      assertThat(plans)
          .as(table)
          .anyMatch(plan -> plan.statement().matches("(?i).*\\b(FROM|JOIN) " + table + "\\b.*"))
          .anyMatch(
              plan ->
                  plan.statement()
                      .matches("(?i).*\\b(INTO|UPDATE|UPDATE ONLY) " + table + "\\b.*"));
    }
  }

  @Test
  void everyStatementFindsItsRowsByAnIndex() {
    Map<String, Plan.Index> indexes = indexes();
    Set<String> whole = new TreeSet<>();
    List<Whole> unused = new ArrayList<>(MAY_READ_ALL);
    for (Plan plan : plans) {
      for (String read : plan.wholeReads(indexes)) {
        if (!unused.removeIf(may -> may.covers(plan, read))
            && MAY_READ_ALL.stream().noneMatch(may -> may.covers(plan, read))) {
          whole.add(read + " in " + plan.statement());
        }
      }
    }
    assertThat(whole).isEmpty();
    assertThat(unused).as("exceptions that nothing needs any more").isEmpty();
  }

  @Test
  void everyFileOfSqlWasSent() {
    Set<String> sent = plans.stream().map(Plan::statement).collect(Collectors.toSet());
    assertThat(SqlFile.all())
        .filteredOn(file -> !sent.contains(asLogged(file)))
        .extracting(SqlFile::name)
        .containsExactlyInAnyOrderElementsOf(NOT_SENT);
  }

  /** The server shows a parameter as {@code $1}, and the plan has the statement on one line. */
  private static String asLogged(SqlFile file) {
    AtomicInteger number = new AtomicInteger();
    return Pattern.compile("\\?")
        .matcher(file.sql().jdbc())
        .replaceAll(mark -> "\\$" + number.incrementAndGet())
        .replaceAll("\\s+", " ")
        .strip();
  }

  @Test
  void everyFileOfSqlFitsTheSchema() throws SQLException {
    try (Connection connection = Stage.postgres().superuserConnection(sql.database())) {
      for (SqlFile file : SqlFile.all()) {
        try (PreparedStatement statement = connection.prepareStatement(file.sql().jdbc())) {
          assertThat(statement.getParameterMetaData().getParameterCount())
              .as(file.toString())
              .isEqualTo(file.sql().names().size());
        }
      }
    }
  }

  private static Map<String, Plan.Index> indexes() {
    Map<String, Plan.Index> indexes = new HashMap<>();
    for (String line :
        sql.all(
            String.class,
            """
            SELECT concat_ws(E'\\t', i.relname, x.indrelid::regclass, m.amname,
                             pg_get_indexdef(i.oid, 1, true))
            FROM pg_class i JOIN pg_am m ON m.oid = i.relam JOIN pg_index x ON x.indexrelid = i.oid
            """)) {
      String[] parts = line.split("\t", -1);
      indexes.put(parts[0], new Plan.Index(parts[1], parts[2], parts[3]));
    }
    return indexes;
  }
}
