package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.AnyText;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Any text in the address of a list. */
class QueryAnyInputTest {

  private static final long LAST_MICROS = 9_222_000_000_000_000L;

  @Provide
  Arbitrary<String> texts() {
    return AnyText.like("abcAZ019-_*=%\\\u2022 ");
  }

  @Provide
  Arbitrary<Map<String, String>> queries() {
    Arbitrary<String> names =
        Arbitraries.of(
            "query",
            "edition",
            "product_code",
            "status",
            "deployment_type",
            "limit",
            "cursor",
            "sort",
            "place");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            texts(),
            Arbitraries.of("pro", "psa", "active", "appliance", "1", "200", "201", "-1", "newest"),
            Arbitraries.create(() -> "after-" + UUID.randomUUID()));
    return Arbitraries.maps(names, values).ofMaxSize(5);
  }

  @Property
  void cursorComesBackToTheMicrosecond(
      @ForAll @LongRange(min = 0, max = LAST_MICROS) long micros,
      @ForAll long most,
      @ForAll long least) {
    Cursor cursor =
        new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(most, least));
    assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
  }

  @Property
  void cursorIsOneOfOursOrRefused(@ForAll("texts") String text) {
    try {
      Cursor cursor = Cursor.parse(text);
      assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("is not a cursor of this list");
    }
  }

  @Property
  void listIsAskedForOrEachWrongParameterIsNamed(@ForAll("queries") Map<String, String> query) {
    try {
      ListRequest request = ListRequest.read(query::get);
      assertThat(request.limit()).isBetween(1, 200);
    } catch (InvalidRequest e) {
      assertThat(e.errors()).isNotEmpty();
      assertThat(e.errors()).allSatisfy(error -> assertThat(query).containsKey(error.field()));
    }
  }

  @Property
  void pageOfTheConsoleIsAlwaysAskedFor(@ForAll("queries") Map<String, String> query) {
    TenantQuery read = TenantQuery.read(query::get);
    assertThat(read.sort()).isNotNull();
    assertThat(read.errors()).allSatisfy(error -> assertThat(query).containsKey(error.field()));
    if (read.place() != null) {
      assertThat(Cursor.parsePlace(read.place().place())).isEqualTo(read.place());
    }
  }

  @Property
  void searchedTextIsFoundByThePatternMadeOfIt(@ForAll("texts") String typed) {
    SearchText text = new SearchText(typed);
    String pattern = text.anywhere();
    assertThat(pattern).startsWith("%").endsWith("%");
    assertThat(pattern.substring(1, pattern.length() - 1).replaceAll("\\\\([\\\\%_])", "$1"))
        .isEqualTo(text.typed());
    if (text.isMaskedCode()) {
      assertThat(text.last4()).hasSize(4);
      assertThat(text.tenantId()).isNull();
    }
    if (text.appliancePrefix() != null) {
      assertThat(text.appliancePrefix()).isEqualTo(typed);
    }
  }
}
