package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No file of this project hides text from its readers, or has a secret. */
class SourceGuardTest {

  private static final Path ROOT = Path.of("").toAbsolutePath();

  /** Characters that show code in another order than the compiler reads it (CVE-2021-42574). */
  private static final Map<String, Pattern> BIDI =
      Map.of(
          "bidirectional control character",
          Pattern.compile("[\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u061c]"));

  private static final Map<String, Pattern> SECRETS = secrets();

  @TempDir Path directory;

  private static Map<String, Pattern> secrets() {
    Map<String, Pattern> secrets = new LinkedHashMap<>();
    secrets.put(
        "private key",
        Pattern.compile(
            "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:[\\s\"'+]|\\\\n)*[A-Za-z0-9+/=]{40}"));
    secrets.put("access key", Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"));
    // the pattern excludes an example, which repeats itself, and a digest, which has a prefix
    secrets.put(
        "credential",
        Pattern.compile(
            "(?i)(?<!sha-?256[:=-])\\b(?!([0-9a-f]{32})\\1\\b)(?=[0-9a-f]*[0-9])[0-9a-f]{64}\\b"));
    secrets.put(
        "bearer token",
        Pattern.compile("(?i)\\bbearer\\s+(?=[A-Za-z._~+/-]*[0-9])[A-Za-z0-9._~+/-]{20,}"));
    secrets.put(
        "signed token",
        Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{43,}"));
    return secrets;
  }

  @Test
  void noFileHasBidirectionalControlCharacters() {
    assertThat(violations(BIDI, SourceFiles.below(ROOT))).isEmpty();
  }

  @Test
  void noFileHasSecrets() {
    assertThat(violations(SECRETS, SourceFiles.below(ROOT))).isEmpty();
  }

  @Test
  void everySourceFileIsLookedAt() {
    Path self = ROOT.resolve("src/test/java/com/nineminds/alga/SourceGuardTest.java");
    Path pom = ROOT.resolve("pom.xml");
    assertThat(SourceFiles.below(ROOT)).contains(self, pom);
    assertThat(SourceFiles.walked(ROOT))
        .contains(self, pom)
        .noneMatch(file -> file.startsWith(ROOT.resolve("target")));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f,
        0x061c
      })
  void plantedControlCharacterIsFound(int codePoint) throws IOException {
    plant("int a = 1; // " + Character.toString(codePoint) + " b");
    assertThat(violations(BIDI, SourceFiles.below(directory)))
        .containsExactly("planted.txt:2: bidirectional control character");
  }

  static Stream<Arguments> secretsToPlant() {
    String base64 = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIB";
    String hex = "0123456789abcdef0011223344556677" + "8899aabbccddeeff00112233445566aa";
    return Stream.of(
        Arguments.of("private key", "-----BEGIN " + "PRIVATE KEY-----\n" + base64),
        Arguments.of("private key", "-----BEGIN EC " + "PRIVATE KEY-----\\n" + base64),
        Arguments.of("private key", "\"-----BEGIN RSA " + "PRIVATE KEY-----\\n\"\n + \"" + base64),
        Arguments.of("access key", "AKIA" + "ABCDEFGHIJKLMNOP"),
        Arguments.of("credential", "credential: " + hex),
        Arguments.of("credential", "\"" + hex.toUpperCase(Locale.ROOT) + "\""),
        Arguments.of("bearer token", "Authorization: Bearer " + "s3cr3t-s3cr3t-s3cr3t-x"),
        Arguments.of(
            "signed token",
            "eyJhbGciOiJFUzI1NiJ9"
                + ".eyJpc3MiOiJuaW5lbWlu"
                + "."
                + "dGhlIHNpZ25hdHVyZQ".repeat(5)));
  }

  @ParameterizedTest
  @MethodSource("secretsToPlant")
  void plantedSecretIsFound(String kind, String text) throws IOException {
    plant(text);
    assertThat(violations(SECRETS, SourceFiles.below(directory)))
        .containsExactly("planted.txt:2: " + kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\\n\" + Base64.getMimeEncoder(64, bytes).encodeToString(der)",
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAAAAAAAAAAAAAAAAAA",
        "image@sha256:0123456789abcdef00112233445566778899aabbccddeeff00112233445566aa",
        "0123456789abcdef0011223344556677" + "0123456789abcdef0011223344556677",
        "Authorization: Bearer <ALGA_LICENSE_SERVICE_SECRET>",
        "Authorization: Bearer $ALGA_LICENSE_SERVICE_SECRET",
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJuaW5lbWlu.c2lnbmF0dXJl"
      })
  void whatOnlyLooksLikeASecretIsLetThrough(String text) throws IOException {
    plant(text);
    assertThat(violations(SECRETS, SourceFiles.below(directory))).isEmpty();
  }

  /** Each find as {@code file:line: what}, without the secret: a build logs the finds. */
  private static List<String> violations(Map<String, Pattern> forbidden, List<Path> files) {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      String content = SourceFiles.content(file);
      forbidden.forEach(
          (what, pattern) -> {
            Matcher matcher = pattern.matcher(content);
            while (matcher.find()) {
              long breaks =
                  content.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
              found.add(file.getFileName() + ":" + (breaks + 1) + ": " + what);
            }
          });
    }
    return found;
  }

  private void plant(String text) throws IOException {
    Files.writeString(directory.resolve("planted.txt"), "A file.\n" + text + "\n");
    Files.write(directory.resolve("binary"), new byte[] {'x', 0, 'y'});
  }
}
