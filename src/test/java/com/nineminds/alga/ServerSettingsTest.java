package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.db.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start warns about a server without the protections. operating.md has these protections. */
class ServerSettingsTest {

  private static final String NAME = "alga.server.protections";
  private static final String READING = "alga.server.reading";
  private static final Path SERVER_XML = Path.of("src/main/liberty/config/server.xml");

  @Test
  void serverThatIsSetUpAsOursIsNotWarnedOf() {
    GivenSettings given = GivenSettings.of(NAME, ServerSettings.PROTECTIONS);
    assertThat(ServerSettings.read(given.settings()).warning()).isEmpty();
    assertThat(given.asked())
        .containsExactlyInAnyOrder("HTTP_PORT", READING, NAME, "KEEP_ALIVE_SECONDS");
  }

  @Test
  void idleConnectionOutlivesThoseOfProxies() throws IOException {
    assertThat(ServerSettings.read(GivenSettings.of().settings()).keepAlive()).hasSeconds(75);
    assertThat(Files.readString(Path.of("src/main/liberty/config/server.env")))
        .contains(
            "\n# enable_variable_expansion\n", "\nKEEP_ALIVE_SECONDS=${KEEP_ALIVE_SECONDS:-75}\n");
  }

  /** The server would fall back to its own default for these, and say so in its log only. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "3601", "-1", "+75", " 75", "75 ", "75s", "1m", "7.5", "x", "75\n"})
  void otherTextIsNoKeepAlive(String text) {
    GivenSettings given = GivenSettings.of("KEEP_ALIVE_SECONDS", text);
    assertThatThrownBy(() -> ServerSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("KEEP_ALIVE_SECONDS: expected a whole number from 1 to 3600");
  }

  @Test
  void keepAliveHasNoFileBecauseTheServerReadsIt() {
    GivenSettings given = GivenSettings.of("KEEP_ALIVE_SECONDS_FILE", "/run/keep-alive");
    assertThatThrownBy(() -> ServerSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("KEEP_ALIVE_SECONDS_FILE: ");
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
  @ValueSource(
      strings = {
        "9080 75 db 5432 alga prefer ",
        "9080 75 db 5432 alga prefer",
        "9080 75 db 5432 alga prefer  "
      })
  void serverThatHasReadTheSameIsFine(String reading) {
    assertThatCode(() -> compare(READING, reading)).doesNotThrowAnyException();
    assertThatCode(() -> compare("OTHER", "1")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "9081 75 db 5432 alga prefer, HTTP_PORT",
    "9080 30 db 5432 alga prefer, KEEP_ALIVE_SECONDS",
    "x 75 db 5432 alga prefer, HTTP_PORT",
    "9080 75 db2 5432 alga prefer, DB_HOST",
    "9080 75 ${DB_HOST} 5432 alga prefer, DB_HOST",
    "9080 75 db 5433 alga prefer, DB_PORT",
    "9080 75 db 5432  prefer, DB_NAME",
    "9080 75 db 5432 alga require, DB_SSLMODE",
    "9080 75 db 5432 alga prefer /root.pem, DB_SSLROOTCERT",
    "9080 75 db, DB_PORT"
  })
  void serverThatHasReadAnotherValueIsRefused(String reading, String setting) {
    assertThatThrownBy(() -> compare(READING, reading))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(
            setting
                + ": the server has read another value; set it in the environment of the server only");
  }

  private static void compare(String name, String value) {
    GivenSettings given = GivenSettings.of(name, value, "DB_HOST", "db");
    for (String role : List.of("USER_APP", "PASSWORD_APP", "USER_ADMIN", "PASSWORD_ADMIN")) {
      given.with("DB_" + role, "x");
    }
    ServerSettings.read(given.settings()).compare(DatabaseSettings.read(given.settings()));
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
