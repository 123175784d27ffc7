package com.nineminds.alga.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting is read, or refused with a message for the operator. */
class SettingsTest {

  /** A wrong value that may be a secret. */
  private static final String WRONG = "hunter2";

  @TempDir Path directory;

  @Test
  void valueIsTakenAsItIs() {
    assertThat(given("NAME", " a value ").text("NAME")).contains(" a value ");
  }

  @Test
  void aCharacterThatTheLocaleCannotReadIsRefused() {
    assertThat(given("NAME", "\u00e9\u20ac").text("NAME")).contains("\u00e9\u20ac");
    assertRefused(() -> given("NAME", WRONG + "\ufffd\ufffd").text("NAME"))
        .hasMessageStartingWith("NAME: has a character that this process cannot read")
        .hasMessageContaining("NAME_FILE");
  }

  @Test
  void missingValueIsEmpty() {
    assertThat(given("OTHER", "x").text("NAME")).isEmpty();
  }

  @Test
  void fileGivesTheValueWithoutItsTrailingLineBreak() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), " a\nvalue\r\n");
    assertThat(given("NAME_FILE", file.toString()).text("NAME")).contains(" a\nvalue");
    assertThat(given("NAME_FILE", file.toString()).required("NAME")).isEqualTo(" a\nvalue");
  }

  @Test
  void byteOrderMarkOfAFileIsNotOfTheValue() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "\ufeffa value\r\n");
    assertThat(given("NAME_FILE", file.toString()).text("NAME")).contains("a value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \t\r\n", "\ufeff", "\ufeff\n"})
  void emptyFileIsRefused(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), content);
    assertRefused(() -> given("NAME_FILE", file.toString()).text("NAME"))
        .hasMessage("NAME_FILE: the file that it names is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "$$", "${x}", "a\\b", "x$$yyy", "\\${x}", "%41", "#a", "a,b"})
  void wordIsTakenToTheLetter(String value) {
    assertThat(given("NAME", value).word("NAME")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {WRONG + "\n", " " + WRONG, WRONG + "\0", WRONG + "\u0085", "hun ter2"})
  void wordWithWhiteSpaceIsRefused(String value) {
    assertRefused(() -> given("NAME", value).word("NAME"))
        .hasMessageStartingWith("NAME: must not contain white space");
  }

  @Test
  void valueAndFileAtOnceAreRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), WRONG);
    assertRefused(() -> given("NAME", WRONG, "NAME_FILE", file.toString()).text("NAME"))
        .hasMessageContaining("NAME:")
        .hasMessageContaining("NAME_FILE")
        .hasMessageContaining("only one");
  }

  @Test
  void unreadableFileIsRefused() {
    String missing = directory.resolve(WRONG).toString();
    assertRefused(() -> given("NAME_FILE", missing).text("NAME"))
        .hasMessage("NAME_FILE: the file that it names cannot be read");
    assertRefused(() -> given("NAME_FILE", directory.toString()).text("NAME"))
        .hasMessage("NAME_FILE: the file that it names cannot be read");
    assertRefused(() -> given("NAME_FILE", "no\0path").text("NAME"))
        .hasMessage("NAME_FILE: the file that it names cannot be read");
  }

  @Test
  void requiredValueThatIsMissingSaysBothWaysToSetIt() {
    assertRefused(() -> given().required("NAME"))
        .hasMessage("NAME: is required; set it, or NAME_FILE");
  }

  @Test
  void numberIsReadWithinItsBounds() {
    assertThat(given("N", "1").number("N", 7, 1, 10)).isEqualTo(1);
    assertThat(given("N", " 10\n").number("N", 7, 1, 10)).isEqualTo(10);
    assertThat(given().number("N", 7, 1, 10)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "-1", "", " ", "1.5", "1e1", "0x1", "99999999999", WRONG})
  void wrongNumberIsRefused(String text) {
    assertThatThrownBy(() -> given("N", text).number("N", 7, 1, 10))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("N: expected a whole number from 1 to 10");
  }

  @Test
  void base64IsReadAtItsLength() {
    assertThat(given("KEY", "AAEC\n").base64("KEY", 3)).contains(new byte[] {0, 1, 2});
    assertThat(given().base64("KEY", 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAECAw==", "AAE=", "a-_c", "****", WRONG})
  void wrongBase64IsRefused(String text) {
    assertThatThrownBy(() -> given("KEY", text).base64("KEY", 3))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("KEY: expected 3 bytes in base64");
  }

  @Test
  void addressLosesItsTrailingSlashes() {
    assertThat(given("URL", "https://a.example/x//").url("URL")).isEqualTo("https://a.example/x");
    assertThat(given("URL", " http://a.example:9000\n").url("URL"))
        .isEqualTo("http://a.example:9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://minio_server:9000",
        "http://[::1]:9000",
        "https://[2001:db8::1]/x",
        "http://localhost",
        "https://a-b.example.",
        "https://a.example/x%20y"
      })
  void addressOfAnyHostIsRead(String address) {
    assertThat(given("URL", address).url("URL")).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user@a.example",
        "https://user:" + WRONG + "@a.example",
        "https://@a.example",
        "http://" + WRONG + "@[::1]:9000",
        "https://a.example@b.example"
      })
  void addressWithAUserNameIsRefused(String address) {
    assertRefused(() -> given("URL", address).url("URL"))
        .hasMessage("URL: must not contain a user name or a password");
  }

  @Test
  void addressOfADocumentMayHaveAQuery() {
    String address = "https://id.example/.well-known/openid-configuration?appid=1";
    assertThat(given("URL", address).documentUrl("URL")).isEqualTo(address);
    assertRefused(() -> given("URL", address + "#x").documentUrl("URL"));
    assertRefused(() -> given("URL", address).url("URL"));
  }

  @Test
  void portIsRead() {
    assertThat(Settings.port("P", "1")).isEqualTo(1);
    assertThat(Settings.port("P", "65535")).isEqualTo(65_535);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "+1", " 80", "80 ", "8e1", "\u0661", "99999999999"})
  void wrongPortIsRefused(String text) {
    assertRefused(() -> Settings.port("P", text))
        .hasMessage("P: expected a whole number from 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "ftp://a.example",
        "https:///x",
        "https://a b",
        "//a",
        "https://a.example?x=" + WRONG,
        "https://a.example?",
        "https://a.example/#x",
        "https://a.example#",
        "https://a..example",
        "https://.a",
        "https://a.example:",
        "https://a.example:port",
        "https://[::1",
        "https://::1",
        "https://a,b",
        WRONG
      })
  void wrongAddressIsRefused(String text) {
    assertThatThrownBy(() -> given("URL", text).url("URL"))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("URL: expected an address like https://license.example.com, without a query");
  }

  @Test
  void someButNotAllNamesTheMissingOnes() {
    assertThat(given("A", "1", "B", "2").allOrNone("A", "B")).isTrue();
    assertThat(given().allOrNone("A", "B")).isFalse();
    assertRefused(() -> given("B", WRONG).allOrNone("A", "B", "C"))
        .hasMessage("A, C: missing; set all of A, B, C, or none of them");
  }

  @Test
  void everyRefusalIsOneLineThatNamesTheSettingAndNotTheWrongValue() {
    assertOneLine(settings -> settings.number("NAME", 1, 1, 2));
    assertOneLine(settings -> settings.base64("NAME", 32));
    assertOneLine(settings -> settings.url("NAME"));
    assertOneLine(settings -> settings.allOrNone("NAME", "OTHER"));
  }

  private static void assertOneLine(Function<Settings, Object> read) {
    assertRefused(() -> read.apply(given("NAME", WRONG))).hasMessageContaining("NAME");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOf(IllegalSetting.class)
        .hasMessageNotContainingAny(WRONG, "\n")
        .hasMessageMatching("[A-Z_, ]+: .+");
  }

  private static Settings given(String... namesAndValues) {
    return GivenSettings.of(namesAndValues).settings();
  }
}
