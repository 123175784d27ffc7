package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.code.CodeState;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console has every text that its pages request, and no other text. */
class TextsTest {

  private static final Path PAGES = Path.of("src/main/webapp");
  private static final Path TEXTS =
      Path.of("src/main/resources/com/nineminds/alga/console/text.properties");

  private static final Pattern NAMED = Pattern.compile("\\btext\\.([a-z0-9_]+)");
  private static final Pattern MADE_UP = Pattern.compile("\\btext\\['([a-z0-9_]+_)'\\.concat\\(");
  private static final Pattern ANY = Pattern.compile("\\btext(\\.[a-z]|\\[)");
  private static final Pattern FROM_A_BEAN =
      Pattern.compile("\\btext\\[failedPage\\.(title|hint)]");

  /** The possible ends of each name that pages put together. */
  private static final Map<String, Set<String>> ENDS =
      Map.ofEntries(
          Map.entry("actor_", words(Actor.values())),
          Map.entry("event_", words(AuditEvent.values())),
          Map.entry("do_", words(TenantQuestion.Verb.values())),
          Map.entry("ask_", words(TenantQuestion.Verb.values())),
          Map.entry("consequence_", words(TenantQuestion.Verb.values())),
          Map.entry("done_", words(TenantQuestion.Verb.values())),
          Map.entry("show_", words(AppliancesPage.Show.values())),
          Map.entry("none_", words(AppliancesPage.Show.values())),
          Map.entry("at_", words(AppliancesPage.Show.values())),
          Map.entry(
              "sign_in_",
              Set.of(
                  "wrong",
                  "wait",
                  "busy",
                  "tries",
                  "lost",
                  "signed_out",
                  "signed_out_here",
                  "not_allowed",
                  "no_claim",
                  "groups_left_out",
                  "provider")),
          Map.entry("word_", badges()));

  /** The statuses for which {@code ConsoleGuard} has its own page. */
  private static final Set<String> FAILED =
      Set.of("400", "403", "404", "405", "408", "413", "500", "503");

  @Test
  void eachThatAPageAsksForIsThereAndNoOther() throws IOException {
    assertThat(texts().stringPropertyNames()).containsExactlyInAnyOrderElementsOf(asked());
  }

  @Test
  void pagesAskInNoOtherWay() throws IOException {
    for (String page : pages()) {
      long ways =
          Stream.of(NAMED, MADE_UP, FROM_A_BEAN)
              .mapToLong(way -> way.matcher(page).results().count())
              .sum();
      assertThat(ANY.matcher(page).results().count()).as(page).isEqualTo(ways);
    }
  }

  @Test
  void noneIsEmptyOrHasMarkup() throws IOException {
    Properties texts = texts();
    for (String name : texts.stringPropertyNames()) {
      assertThat(texts.getProperty(name)).as(name).isNotBlank().doesNotContain("<", "#{", "${");
    }
  }

  private static Set<String> asked() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String page : pages()) {
      NAMED.matcher(page).results().map(found -> found.group(1)).forEach(asked::add);
      for (MatchResult found : MADE_UP.matcher(page).results().toList()) {
        String beginning = found.group(1);
        assertThat(ENDS).containsKey(beginning);
        ENDS.get(beginning).forEach(end -> asked.add(beginning + end));
      }
    }
    for (String status : FAILED) {
      asked.add("failed_" + status);
      asked.add("failed_hint_" + status);
    }
    return asked;
  }

  private static Set<String> badges() {
    Set<String> words = new TreeSet<>(List.of("connected", "inactive", "shared", "alternating"));
    words.addAll(
        words(
            Edition.values(),
            ProductCode.values(),
            DeploymentType.values(),
            TenantStatus.values(),
            CodeState.values(),
            Tier.values(),
            Transport.values()));
    return words;
  }

  private static Set<String> words(Enum<?>[]... types) {
    return Arrays.stream(types)
        .flatMap(Arrays::stream)
        .map(Enum::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties texts() throws IOException {
    Properties texts = new Properties();
    try (var reader = Files.newBufferedReader(TEXTS)) {
      texts.load(reader);
    }
    return texts;
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      List<String> pages = new ArrayList<>();
      for (Path file : files.filter(name -> name.toString().endsWith(".xhtml")).toList()) {
        pages.add(Files.readString(file));
      }
      return pages;
    }
  }
}
