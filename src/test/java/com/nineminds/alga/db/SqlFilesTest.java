package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.audit.AuditEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each SQL file has the expected form, and exactly one class uses it. */
class SqlFilesTest {

  private static final Path JAVA = Path.of("src", "main", "java");
  private static final Pattern USE =
      Pattern.compile("Sql\\s*\\.file\\(\\s*(\\w+)\\.class,\\s*\"(\\w+)\"\\)");
  private static final Pattern EVENT =
      Pattern.compile("SELECT '(\\w+)', (?:\\w+\\.)?(?:tenant_id|NULL),");
  private static final Pattern WORD_OF_SQL =
      Pattern.compile("(?s).*\\b(SELECT|UPDATE|DELETE|INSERT)\\s.*");

  private static final String VERB = "(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|RETURNING) ";

  /** SQL before a plus sign, after a plus sign, or in a text block with {@code formatted}. */
  private static final Pattern GLUED =
      Pattern.compile(
          "\"[^\"\n]*"
              + VERB
              + "[^\"\n]*\"\\s*\\+|\\+\\s*\"[^\"\n]*"
              + VERB
              + "|\"\"\"\\s[^\"]*"
              + VERB
              + "[^\"]*\"\"\"\\s*\\.formatted");

  static List<SqlFile> files() {
    return SqlFile.all();
  }

  @Test
  void thereAreFiles() {
    assertThat(files()).hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @MethodSource("files")
  void fileBeginsWithACommentOfTwoToSixLines(SqlFile file) {
    List<String> lines = file.content().lines().toList();
    long comment = lines.stream().takeWhile(line -> line.startsWith("-- ")).count();
    assertThat(comment).isBetween(2L, 6L);
    assertThat(lines.stream().filter(line -> line.contains("--")).count()).isEqualTo(comment);
  }

  @ParameterizedTest
  @MethodSource("files")
  void fileIsOneStatement(SqlFile file) {
    String statement = file.sql().jdbc();
    assertThat(statement).doesNotContain(";").doesNotContain("::").doesNotContain("%");
    assertThat(statement).matches(WORD_OF_SQL);
  }

  @ParameterizedTest
  @MethodSource("files")
  void batchedFileSaysSoAndHasTheLimit(SqlFile file) {
    Sql sql = file.sql();
    boolean saysSo = file.content().lines().anyMatch(line -> line.startsWith("-- Batched"));
    assertThat(saysSo).isEqualTo(sql.isForMany());
    if (sql.isForMany()) {
      assertThat(sql.jdbc()).contains("WHERE n BETWEEN 1 AND " + Sql.MOST).contains("ORDER BY 1");
      assertThat(sql.names()).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void oneClassOfThePackageUsesTheFile(SqlFile file) {
    Path folder = JAVA.resolve(SqlFile.RESOURCES.relativize(file.path().getParent()));
    List<MatchResult> uses =
        SqlFile.under(folder, ".java").stream()
            .filter(java -> java.getParent().equals(folder))
            .flatMap(java -> uses(java).stream())
            .filter(use -> use.group(2).equals(file.name()))
            .toList();
    assertThat(uses).hasSize(1);
  }

  @Test
  void eachUseNamesItsOwnClass() {
    for (Path java : SqlFile.under(JAVA, ".java")) {
      assertThat(uses(java))
          .allMatch(use -> java.getFileName().toString().equals(use.group(1) + ".java"));
    }
  }

  @Test
  void eventOfAnAuditRowIsOneOfTheKnownEvents() {
    List<String> known = Stream.of(AuditEvent.values()).map(Enum::name).toList();
    List<String> written =
        files().stream()
            .flatMap(file -> EVENT.matcher(file.content()).results())
            .map(event -> event.group(1))
            .toList();
    assertThat(written).hasSizeGreaterThan(15).allMatch(known::contains);
  }

  /** A statement in Java is one literal, so that a text search finds it. */
  @Test
  void noStatementIsPutTogetherInJava() {
    assertThat(GLUED.matcher("  \"SELECT a FROM t\" + where").find()).isTrue();
    assertThat(GLUED.matcher("  a + \" WHERE b\"").find()).isTrue();
    assertThat(GLUED.matcher("\"\"\"\n SELECT %s\n \"\"\"\n .formatted(a)").find()).isTrue();
    List<String> found =
        SqlFile.under(JAVA, ".java").stream()
            .flatMap(
                java ->
                    GLUED.matcher(SqlFile.read(java)).results().map(at -> java + ": " + at.group()))
            .toList();
    assertThat(found).isEmpty();
  }

  private static List<MatchResult> uses(Path java) {
    return USE.matcher(SqlFile.read(java)).results().toList();
  }
}
