package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.IllegalSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key signs. It is published together with other keys. */
class SigningKeysTest {

  private static final KeyPair SIGNING = TestKeys.p256();
  private static final KeyPair NEXT = TestKeys.p256();

  @TempDir Path directory;

  @Test
  void signingKeyAloneIsPublished() {
    SigningKeys keys = SigningKeys.load("now", TestKeys.pkcs8(SIGNING), Optional.empty());
    assertThat(keys.kid()).isEqualTo("now");
    assertThat(keys.published()).containsOnlyKeys("now").containsValue(publicOf(SIGNING));
  }

  @Test
  void nextAndRetiredKeysArePublishedToo() throws IOException {
    write("now.pem", TestKeys.publicPem(SIGNING));
    write("next.pem", TestKeys.publicPem(NEXT));
    write("2024.retired.pem", TestKeys.publicPem(TestKeys.p256()));
    write("README.txt", "not a key");
    SigningKeys keys = load();
    assertThat(keys.published()).containsOnlyKeys("now", "next", "2024.retired");
    assertThat(keys.published().get("next")).isEqualTo(publicOf(NEXT));
    assertThat(keys.published().get("now")).isEqualTo(publicOf(SIGNING));
  }

  @Test
  void signingKeyMayBePublishedAlready() throws IOException {
    write("now.pem", TestKeys.publicPem(SIGNING));
    assertThat(load().published()).containsOnlyKeys("now").containsValue(publicOf(SIGNING));
  }

  @Test
  void signingKeyThatIsMissingFromTheDirectoryIsRefused() throws IOException {
    write("next.pem", TestKeys.publicPem(NEXT));
    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("ALGA_LICENSE_PUBLISHED_KEYS_DIR: now.pem is missing; first put");
  }

  @Test
  void kidThatIsPublishedWithAnotherKeyIsRefused() throws IOException {
    write("now.pem", TestKeys.publicPem(NEXT));
    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("ALGA_LICENSE_KID: now is published with another key");
  }

  @Test
  void fileThatIsNoKeyIsNamed() throws IOException {
    write("next.pem", TestKeys.pkcs8(NEXT));
    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(
            "ALGA_LICENSE_PUBLISHED_KEYS_DIR (next.pem): expected an EC P-256 public key in PEM");
  }

  @Test
  void fileThatIsNamedAfterNoKidIsNamed() throws IOException {
    write("my key.pem", TestKeys.publicPem(NEXT));
    assertThatThrownBy(this::load)
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("ALGA_LICENSE_PUBLISHED_KEYS_DIR: my key.pem is not named after a key id");
  }

  @Test
  void directoryThatIsNoneIsRefused() {
    Optional<Path> missing = Optional.of(directory.resolve("missing"));
    assertThatThrownBy(() -> SigningKeys.load("now", TestKeys.pkcs8(SIGNING), missing))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("ALGA_LICENSE_PUBLISHED_KEYS_DIR: cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "../a", "\u00e4", "a\n"})
  void otherKidIsRefused(String kid) {
    assertThatThrownBy(() -> SigningKeys.load(kid, TestKeys.pkcs8(SIGNING), Optional.of(directory)))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("ALGA_LICENSE_KID: expected 1 to 128 letters");
  }

  @Test
  void keyThatIsNoneNamesItsSetting() {
    assertThatThrownBy(() -> SigningKeys.load("now", "hunter2", Optional.empty()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("ALGA_LICENSE_PRIVATE_KEY: expected")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void privateKeyIsNeverShown() {
    SigningKeys keys = SigningKeys.load("now", TestKeys.pkcs8(SIGNING), Optional.empty());
    assertThat(keys).hasToString("SigningKeys[kid=now, published=[now]]");
  }

  private SigningKeys load() {
    return SigningKeys.load("now", TestKeys.pkcs8(SIGNING), Optional.of(directory));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private static ECPublicKey publicOf(KeyPair pair) {
    return (ECPublicKey) pair.getPublic();
  }
}
