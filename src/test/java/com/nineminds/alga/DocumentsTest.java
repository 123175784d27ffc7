package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README and the pages of {@code src/site/markdown} agree with the files that they name. */
class DocumentsTest {

  private static final Path README = Path.of("README.md");
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final int MAX_LINES_OF_THE_README = 150;
  private static final Pattern TOUR = Pattern.compile("(?ms)^```sh tour\n(.*?)^```$");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z][A-Za-z]+)`");
  private static final Path ARCHITECTURE = PAGES.resolve("architecture.md");
  private static final Path MODULES = Path.of("src/main/java/com/nineminds/alga");
  private static final Pattern SIMPLE_NAME = Pattern.compile("`([A-Z][a-z][A-Za-z]+)(?:\\.\\w+)?`");
  private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| ((?:`[a-z]+` )+)\\|");
  private static final Pattern MODULE = Pattern.compile("`([a-z]+)`");
  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/java"), Path.of("it/java"), Path.of("it/bench/java"));

  @Test
  void readmeIsShort() throws IOException {
    assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(MAX_LINES_OF_THE_README);
  }

  @Test
  void readmeShowsTheLinesOfTheTour() throws IOException {
    String mark = "# --- the tour ---\n";
    String script = Files.readString(Path.of("it/tour.sh"));
    assertThat(matches(TOUR, Files.readString(README)))
        .containsExactly(script.substring(script.indexOf(mark) + mark.length()));
  }

  @Test
  void readmeLeadsToEveryPage() throws IOException {
    assertThat(matches(LINK, Files.readString(README)))
        .containsAll(pages().map(Path::toString).toList());
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : matches(LINK, prose(document))) {
        if (!link.contains("://") && !leadsSomewhere(document, link)) {
          broken.add(document + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void namedClassesExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (String name : matches(CLASS, prose(document))) {
        Path file = Path.of("com/nineminds/alga", name + ".java");
        if (SOURCES.stream().noneMatch(source -> Files.exists(source.resolve(file)))) {
          missing.add(document + ": " + name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** The folder does not matter, because a class may move to another module. */
  @Test
  void classesThatTheArchitectureNamesWithoutAFolderExist() throws IOException {
    List<String> classes =
        SourceFiles.below(Path.of("")).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.replace(".java", ""))
            .toList();
    assertThat(matches(SIMPLE_NAME, prose(ARCHITECTURE))).isNotEmpty().isSubsetOf(classes);
  }

  @Test
  void architectureHasEveryModule() throws IOException {
    Set<String> modules =
        SourceFiles.below(MODULES).stream()
            .map(MODULES::relativize)
            .filter(file -> file.getNameCount() > 1)
            .map(file -> file.getName(0).toString())
            .collect(Collectors.toSet());
    assertThat(matches(MODULE_ROW, prose(ARCHITECTURE)))
        .flatExtracting(row -> matches(MODULE, row))
        .containsExactlyInAnyOrderElementsOf(modules);
  }

  private static boolean leadsSomewhere(Path from, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** The anchors of headings on GitHub: lower case, no punctuation, hyphens for spaces. */
  private static List<String> anchors(Path file) throws IOException {
    return matches(HEADING, prose(file)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }

  private static List<Path> documents() throws IOException {
    return Stream.concat(Stream.of(README), pages()).toList();
  }

  private static Stream<Path> pages() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.list(PAGES)) {
      pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
    assertThat(pages).isNotEmpty();
    return pages.stream();
  }

  /** The text without its code blocks. The comments in code look like headings. */
  private static String prose(Path document) throws IOException {
    return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
