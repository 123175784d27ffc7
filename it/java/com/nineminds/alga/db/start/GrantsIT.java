package com.nineminds.alga.db.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start grants what the app role lacks, and proves that the role can serve requests. */
class GrantsIT {

  private final Sql sql = new Sql(Stage.freshDatabase());
  private final DatabaseSettings settings =
      DatabaseSettings.read(
          new Settings(name -> Optional.ofNullable(Stage.settings(sql.database()).get(name))));
  private final StartConnections connections = new StartConnections(settings);
  private final AppRole role = new AppRole(settings.app());

  @BeforeEach
  void migrate() throws SQLException {
    new Migrations(settings, connections).run();
    grant();
    prove();
  }

  @AfterEach
  void drop() throws SQLException {
    Stage.postgres().dropDatabase(sql.database());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REVOKE INSERT ON audit_log FROM alga_app",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM alga_app",
        "REVOKE DELETE ON rate_buckets FROM alga_app",
        "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
        "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC"
      })
  void whatWasRevokedIsGrantedAtTheNextStart(String revoke) {
    sql.update(revoke);
    assertThatThrownBy(this::prove)
        .isInstanceOf(UnusableDatabase.class)
        .hasMessageStartingWith("The role alga_app (DB_USER_APP) may not do what requests need")
        .hasMessageContaining("run: GRANT ")
        .hasMessageNotContaining("\n");
    assertThatCode(this::grant).doesNotThrowAnyException();
    assertThatCode(this::prove).doesNotThrowAnyException();
  }

  @Test
  void grantThatTheAdminRoleMayNotGiveIsNamed() throws SQLException {
    sql.update("ALTER SCHEMA public OWNER TO postgres");
    sql.update("GRANT ALL ON SCHEMA public TO alga_admin");
    sql.update("REVOKE USAGE ON SCHEMA public FROM PUBLIC");
    grant();
    assertThatThrownBy(this::prove)
        .hasMessageEndingWith("run: GRANT USAGE ON SCHEMA public TO alga_app");
    sql.update("ALTER TABLE entitlements OWNER TO postgres");
    sql.update("GRANT USAGE ON SCHEMA public TO alga_app");
    sql.update("REVOKE UPDATE, INSERT ON entitlements FROM alga_app");
    grant();
    assertThatThrownBy(this::prove)
        .hasMessageEndingWith("run: GRANT INSERT, UPDATE ON table public.entitlements TO alga_app");
  }

  @Test
  void roleThatDoesNotFindTheTablesIsTold() {
    sql.update("CREATE SCHEMA other");
    sql.update("ALTER ROLE alga_app IN DATABASE " + sql.database() + " SET search_path = other");
    assertThatThrownBy(this::prove)
        .hasMessageEndingWith("run: ALTER ROLE alga_app SET search_path = public");
  }

  @Test
  void roleThatMayOnlyReadIsTold() {
    sql.update(
        "ALTER ROLE alga_app IN DATABASE "
            + sql.database()
            + " SET default_transaction_read_only = on");
    assertThatThrownBy(this::prove)
        .isInstanceOf(UnusableDatabase.class)
        .hasMessageEndingWith(
            "refuses the role alga_app (DB_USER_APP): the role only reads by default"
                + " (default_transaction_read_only)");
  }

  @Test
  void sessionsOfTheRoleHaveTheirTimeLimitsByDefault() throws SQLException {
    try (Connection connection = connections.await(settings.app());
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT concat_ws(' ', current_setting('lock_timeout'),"
                    + " current_setting('statement_timeout'),"
                    + " current_setting('idle_in_transaction_session_timeout'))")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("5s 10s 15s");
    }
  }

  @Test
  void startThatFindsEverythingInPlaceChangesNothing() throws SQLException {
    List<String> before = catalog();
    grant();
    prove();
    assertThat(catalog()).isEqualTo(before);
  }

  /** The versions of the rows that a grant or a default of a role changes. */
  private List<String> catalog() {
    return sql.all(
        String.class,
        "SELECT xmin || ' ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            + " UNION ALL SELECT s.xmin || ' ' || s.setrole FROM pg_db_role_setting s"
            + " JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()"
            + " ORDER BY 1");
  }

  private void grant() throws SQLException {
    try (Connection admin = connections.await(settings.admin())) {
      role.grant(admin);
    }
  }

  private void prove() throws SQLException {
    try (Connection app = connections.await(settings.app())) {
      role.limitSessions(app);
    }
    try (Connection app = connections.await(settings.app())) {
      role.prove(app, "public");
    }
  }
}
