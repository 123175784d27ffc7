package com.nineminds.alga.license;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/** Keys in the forms of OpenSSL, built byte by byte. */
public final class TestKeys {

  /** The object identifier of P-256, for {@code EC PARAMETERS}. */
  private static final String P256 = "06082a8648ce3d030107";

  private TestKeys() {}

  /** A new P-256 key pair. */
  public static KeyPair p256() {
    return generate("EC", "secp256r1");
  }

  static KeyPair generate(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (curve != null) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The private key as PKCS#8 PEM. */
  public static String pkcs8(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /** The public key as PEM. */
  public static String publicPem(KeyPair pair) {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  /** The form of {@code openssl ecparam -genkey}: with parameters and the public part. */
  static String sec1WithParameterBlock(KeyPair pair) {
    return pem("EC PARAMETERS", HexFormat.of().parseHex(P256)) + sec1(pair);
  }

  /** The form of {@code openssl ec}. */
  static String sec1(KeyPair pair) {
    ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
    return pem(
        "EC PRIVATE KEY",
        concat(
            HexFormat.of().parseHex("30770201010420"),
            fixed(((ECPrivateKey) pair.getPrivate()).getS()),
            HexFormat.of().parseHex("a00a" + P256 + "a144034200" + "04"),
            fixed(publicKey.getW().getAffineX()),
            fixed(publicKey.getW().getAffineY())));
  }

  /** The form of {@code openssl ec -no_public}. */
  static String sec1WithoutPublicPart(KeyPair pair) {
    return pem(
        "EC PRIVATE KEY",
        concat(
            HexFormat.of().parseHex("30310201010420"),
            fixed(((ECPrivateKey) pair.getPrivate()).getS()),
            HexFormat.of().parseHex("a00a" + P256)));
  }

  static String pem(String kind, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), kind);
  }

  private static byte[] fixed(BigInteger number) {
    String hex = number.toString(16);
    return HexFormat.of().parseHex("0".repeat(64 - hex.length()) + hex);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
