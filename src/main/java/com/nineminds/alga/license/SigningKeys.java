package com.nineminds.alga.license;

import com.nineminds.alga.config.IllegalSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The signing key, and the public keys that are published: the signing one, the next one and
 * retired ones.
 *
 * @param kid the id of the signing key
 * @param published the public keys by key id, with the signing key
 */
public record SigningKeys(String kid, ECPrivateKey privateKey, Map<String, ECPublicKey> published) {

  private static final Pattern KID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /**
   * Reads the signing key and the published keys.
   *
   * @param directory has public keys as {@code KID.pem}; empty if only the signing key is published
   * @throws IllegalSetting if a key is invalid, if {@code kid} is published with another key (its
   *     licenses would verify nowhere), or if the directory does not have {@code kid} (other nodes
   *     would not publish it)
   */
  static SigningKeys load(String kid, String privateKeyPem, Optional<Path> directory) {
    if (!KID.matcher(kid).matches()) {
      throw new IllegalSetting(
          "ALGA_LICENSE_KID", "expected 1 to 128 letters, digits, dots, dashes or underscores");
    }
    ECPrivateKey privateKey = PemKeys.privateKey("ALGA_LICENSE_PRIVATE_KEY", privateKeyPem);
    ECPublicKey publicKey = PemKeys.publicKeyOf(privateKey);
    SortedMap<String, ECPublicKey> published = new TreeMap<>();
    directory.ifPresent(dir -> published.putAll(readAll(dir)));
    if (directory.isPresent() && !published.containsKey(kid)) {
      throw new IllegalSetting(
          "ALGA_LICENSE_PUBLISHED_KEYS_DIR",
          "%1$s.pem is missing; first put the public key of ALGA_LICENSE_PRIVATE_KEY there as %1$s.pem,"
                  .formatted(kid)
              + " on every node, and restart each with its present key");
    }
    ECPublicKey before = published.put(kid, publicKey);
    if (before != null && !before.getW().equals(publicKey.getW())) {
      throw new IllegalSetting(
          "ALGA_LICENSE_KID",
          kid
              + " is published with another key than ALGA_LICENSE_PRIVATE_KEY; give the new key"
              + " another id");
    }
    return new SigningKeys(kid, SignatureProvider.suited(privateKey), Map.copyOf(published));
  }

  private static Map<String, ECPublicKey> readAll(Path directory) {
    String setting = "ALGA_LICENSE_PUBLISHED_KEYS_DIR";
    SortedMap<String, ECPublicKey> keys = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".pem")).toList()) {
        String name = file.getFileName().toString();
        String kid = name.substring(0, name.length() - ".pem".length());
        if (!KID.matcher(kid).matches()) {
          throw new IllegalSetting(setting, name + " is not named after a key id");
        }
        keys.put(kid, PemKeys.publicKey(setting + " (" + name + ")", Files.readString(file)));
      }
      return keys;
    } catch (IOException e) {
      throw new IllegalSetting(setting, "cannot be read");
    }
  }

  /** Never shows the private key. */
  @Override
  public String toString() {
    return "SigningKeys[kid=" + kid + ", published=" + published.keySet() + "]";
  }
}
