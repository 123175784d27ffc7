package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.IllegalSetting;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service accepts only EC P-256 keys, in the forms of OpenSSL. */
class PemKeysTest {

  private static final KeyPair PAIR = TestKeys.p256();

  static Stream<String> privateKeys() {
    String sec1 = TestKeys.sec1(PAIR);
    return Stream.of(
        TestKeys.pkcs8(PAIR),
        sec1,
        TestKeys.sec1WithParameterBlock(PAIR),
        TestKeys.sec1WithoutPublicPart(PAIR),
        TestKeys.pkcs8(PAIR).replace("\n", "\r\n"),
        TestKeys.pkcs8(PAIR).strip(),
        "\n\n" + TestKeys.pkcs8(PAIR) + "\n",
        "Key of our license service\n" + sec1,
        TestKeys.pkcs8(PAIR).replace("\n", "\\n"),
        TestKeys.sec1WithParameterBlock(PAIR).replace("\n", "\\n"));
  }

  @ParameterizedTest
  @MethodSource("privateKeys")
  void privateKeyIsReadInEveryForm(String pem) {
    ECPrivateKey key = PemKeys.privateKey("NAME", pem);
    assertThat(key.getS()).isEqualTo(((ECPrivateKey) PAIR.getPrivate()).getS());
  }

  @Test
  void publicKeyIsRead() {
    assertThat(PemKeys.publicKey("NAME", TestKeys.publicPem(PAIR)).getW())
        .isEqualTo(((ECPublicKey) PAIR.getPublic()).getW());
  }

  @Test
  void publicHalfIsComputed() {
    for (int i = 0; i < 20; i++) {
      KeyPair pair = TestKeys.p256();
      ECPrivateKey key = PemKeys.privateKey("NAME", TestKeys.sec1WithoutPublicPart(pair));
      assertThat(PemKeys.publicKeyOf(key)).isEqualTo(pair.getPublic());
    }
  }

  static Stream<String> noPrivateKeys() {
    String pkcs8 = TestKeys.pkcs8(PAIR);
    return Stream.of(
        "",
        " \n",
        "hunter2",
        "-----BEGIN " + "PRIVATE KEY-----",
        TestKeys.pem("PRIVATE KEY", new byte[] {1, 2, 3}),
        TestKeys.pem("EC PRIVATE KEY", new byte[] {0x30, 0}),
        pkcs8.substring(0, pkcs8.length() / 2),
        pkcs8.replace("-----END", "-----"),
        TestKeys.publicPem(PAIR),
        TestKeys.pkcs8(TestKeys.generate("EC", "secp384r1")),
        TestKeys.pkcs8(TestKeys.generate("RSA", null)),
        TestKeys.pkcs8(TestKeys.generate("Ed25519", null)),
        encrypted(),
        legacyEncrypted());
  }

  @ParameterizedTest
  @MethodSource("noPrivateKeys")
  void anythingElseIsRefusedInOneLineWithoutTheKey(String pem) {
    assertThatThrownBy(() -> PemKeys.privateKey("NAME", pem))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(
            "NAME: expected an EC P-256 private key in PEM (PKCS#8 or SEC 1, not encrypted)");
  }

  static Stream<String> noPublicKeys() {
    return Stream.of(
        "",
        "hunter2",
        TestKeys.pem("PUBLIC KEY", new byte[] {1, 2, 3}),
        TestKeys.pkcs8(PAIR),
        TestKeys.sec1(PAIR),
        TestKeys.publicPem(TestKeys.generate("EC", "secp384r1")),
        TestKeys.publicPem(TestKeys.generate("RSA", null)));
  }

  @ParameterizedTest
  @MethodSource("noPublicKeys")
  void anythingElseThanAPublicKeyIsRefused(String pem) {
    assertThatThrownBy(() -> PemKeys.publicKey("NAME", pem))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("NAME: expected an EC P-256 public key in PEM");
  }

  /** PKCS#8 with a password, in the form of {@code openssl pkcs8 -topk8}. */
  private static String encrypted() {
    try {
      String algorithm = "PBEWithSHA1AndDESede";
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec("hunter2".toCharArray())));
      byte[] content = cipher.doFinal(PAIR.getPrivate().getEncoded());
      AlgorithmParameters parameters = cipher.getParameters();
      return TestKeys.pem(
          "ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, content).getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SEC 1 with a password, in the form of {@code openssl ec -aes256}. */
  private static String legacyEncrypted() {
    String header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC," + "0A".repeat(16) + "\n\n";
    return TestKeys.sec1(PAIR).replaceFirst("KEY-----\n", "KEY-----\n" + header);
  }
}
