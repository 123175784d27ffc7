package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A statement with named parameters becomes a statement with question marks. */
class SqlTest {

  @Test
  void parametersBecomeQuestionMarksInTheirOrder() {
    Sql sql = Sql.text("SELECT * FROM t WHERE a = :first_one AND b < :b2");
    assertThat(sql.jdbc()).isEqualTo("SELECT * FROM t WHERE a = ? AND b < ?");
    assertThat(sql.names()).containsExactly("first_one", "b2");
  }

  @Test
  void nameThatComesTwiceIsBoundTwice() {
    Sql sql = Sql.text("CAST(:a AS uuid) = :b OR :a IS NULL");
    assertThat(sql.jdbc()).isEqualTo("CAST(? AS uuid) = ? OR ? IS NULL");
    assertThat(sql.names()).containsExactly("a", "b", "a");
  }

  @Test
  void namedArgumentOfAFunctionIsNoParameter() {
    Sql sql = Sql.text("make_interval(secs => :ttl) > '12:30'");
    assertThat(sql.jdbc()).isEqualTo("make_interval(secs => ?) > '12:30'");
    assertThat(sql.names()).containsExactly("ttl");
  }

  @Test
  void sqlWithoutParametersStaysAsItIs() {
    Sql sql = Sql.text("SELECT '$1 \\ ' || 1");
    assertThat(sql.jdbc()).isEqualTo("SELECT '$1 \\ ' || 1");
    assertThat(sql.names()).isEmpty();
  }

  @Test
  void namesCannotBeChangedFromOutside() {
    Sql sql = Sql.text(":a");
    assertThatThrownBy(() -> sql.names().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void commentsAreNotSent() {
    Sql sql = Sql.text("-- Reads :nothing.\n-- Batched.\nSELECT a\n  -- of :b\nFROM t\n");
    assertThat(sql.jdbc()).isEqualTo("SELECT a\nFROM t\n");
    assertThat(sql.names()).isEmpty();
  }

  @Test
  void statementForManyTakesAnArrayForEachParameter() {
    Sql sql =
        Sql.text(
            """
            SELECT n FROM unnest(CAST(:id AS uuid[]), CAST(:code_hash AS bytea[]))
              WITH ORDINALITY AS asked (id, code_hash, n)
            """);
    assertThat(sql.jdbc()).contains("unnest(CAST(? AS uuid[]), CAST(? AS bytea[]))");
    assertThat(sql.names()).containsExactly("id", "code_hash");
    assertThat(sql.types()).containsExactly("uuid", "bytea");
    assertThat(sql.isForMany()).isTrue();
    assertThat(Sql.text("SELECT CAST(:ids AS uuid[])").isForMany()).isFalse();
  }

  @Test
  void statementForManyHasNoOtherParameters() {
    assertThatThrownBy(
            () ->
                Sql.text(
                    "SELECT :b FROM unnest(CAST(:a AS text[])) WITH ORDINALITY AS asked (a, n)"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commentOfAStatementAsksForPlansForItsValues() {
    assertThat(Sql.text("/* planned for its values */ SELECT :a").isPlannedForItsValues()).isTrue();
    assertThat(Sql.text("SELECT :a").isPlannedForItsValues()).isFalse();
  }

  @Test
  void fileThatDoesNotExistIsAnError() {
    assertThatThrownBy(() -> Sql.file(SqlTest.class, "no_such_file"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no_such_file.sql");
  }
}
