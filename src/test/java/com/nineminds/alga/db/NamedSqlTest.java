package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** SQL with named parameters becomes SQL with question marks. */
class NamedSqlTest {

  @Test
  void parametersBecomeQuestionMarksInTheirOrder() {
    NamedSql sql = NamedSql.parse("SELECT * FROM t WHERE a = :first_one AND b < :b2");
    assertThat(sql.jdbc()).isEqualTo("SELECT * FROM t WHERE a = ? AND b < ?");
    assertThat(sql.names()).containsExactly("first_one", "b2");
  }

  @Test
  void nameThatComesTwiceIsBoundTwice() {
    NamedSql sql = NamedSql.parse("CAST(:a AS uuid) = :b OR :a IS NULL");
    assertThat(sql.jdbc()).isEqualTo("CAST(? AS uuid) = ? OR ? IS NULL");
    assertThat(sql.names()).containsExactly("a", "b", "a");
  }

  @Test
  void namedArgumentOfAFunctionIsNoParameter() {
    NamedSql sql = NamedSql.parse("make_interval(secs => :ttl) > '12:30'");
    assertThat(sql.jdbc()).isEqualTo("make_interval(secs => ?) > '12:30'");
    assertThat(sql.names()).containsExactly("ttl");
  }

  @Test
  void sqlWithoutParametersStaysAsItIs() {
    NamedSql sql = NamedSql.parse("SELECT '$1 \\ ' || 1");
    assertThat(sql.jdbc()).isEqualTo("SELECT '$1 \\ ' || 1");
    assertThat(sql.names()).isEmpty();
  }

  @Test
  void namesCannotBeChangedFromOutside() {
    NamedSql sql = NamedSql.parse(":a");
    assertThatThrownBy(() -> sql.names().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void statementForManyTakesAnArrayForEachParameter() {
    NamedSql sql =
        NamedSql.parse(
            "WITH :asked(id uuid,\n  code_hash bytea) SELECT n FROM t JOIN asked USING (id)");
    assertThat(sql.jdbc().replaceAll("\\s+", " "))
        .isEqualTo(
            "WITH asked AS ( SELECT * FROM unnest(CAST(? AS uuid[]), CAST(? AS bytea[]))"
                + " WITH ORDINALITY AS asked (id, code_hash, n) WHERE n BETWEEN 1 AND 32 ORDER BY 1 )"
                + " SELECT n FROM t JOIN asked USING (id)");
    assertThat(sql.names()).containsExactly("id", "code_hash");
    assertThat(sql.types()).containsExactly("uuid", "bytea");
    assertThat(sql.isForMany()).isTrue();
    assertThat(NamedSql.parse("SELECT 1").isForMany()).isFalse();
  }

  @Test
  void statementForManyHasNoOtherParameters() {
    assertThatThrownBy(() -> NamedSql.parse("WITH :asked(id uuid) SELECT n, :other FROM asked"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
