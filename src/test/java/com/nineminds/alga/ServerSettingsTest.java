package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.GivenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start warns about a server without the protections. operating.md has these protections. */
class ServerSettingsTest {

  private static final String NAME = "alga.server.protections";
  private static final Path SERVER_XML = Path.of("src/main/liberty/config/server.xml");

  @Test
  void serverThatIsSetUpAsOursIsNotWarnedOf() {
    GivenSettings given = GivenSettings.of(NAME, ServerSettings.PROTECTIONS);
    assertThat(ServerSettings.read(given.settings()).warning()).isEmpty();
    assertThat(given.asked()).containsExactly(NAME);
  }

  @Test
  void serverThatSaysNothingIsWarnedOfInOneLine() {
    assertThat(ServerSettings.read(GivenSettings.of("OTHER", "1").settings()).warning())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .hasLineCount(1)
                    .contains("not set", "single sign-on", "headers", "On another server"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "true"})
  void serverOfAnotherReleaseIsWarnedOf(String protections) {
    assertThat(ServerSettings.read(GivenSettings.of(NAME, protections).settings()).warning())
        .hasValueSatisfying(line -> assertThat(line).contains("is " + protections));
  }

  @Test
  void operatingPageHasTheProtectionsOfOurServer() throws IOException {
    List<String> ours = lines(Files.readString(SERVER_XML));
    String page = Files.readString(Path.of("src/site/markdown/operating.md"));
    String block = page.substring(page.indexOf("```xml other server\n"));
    List<String> said = lines(block.substring(block.indexOf('\n'), block.indexOf("\n```\n")));
    assertThat(said)
        .hasSizeGreaterThan(10)
        .contains("<variable name=\"" + NAME + "\" value=\"" + ServerSettings.PROTECTIONS + "\"/>");
    assertThat(ours).containsAll(said);
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
