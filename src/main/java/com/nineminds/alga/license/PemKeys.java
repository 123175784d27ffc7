package com.nineminds.alga.license;

import com.nineminds.alga.config.IllegalSetting;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Reads EC P-256 keys as OpenSSL writes them: PKCS#8 or SEC 1, with or without a parameter block.
 */
final class PemKeys {

  /** The order of the base point of P-256, which identifies the curve. */
  private static final BigInteger P256_ORDER = CustomNamedCurves.getByName("P-256").getN();

  private PemKeys() {}

  /** Reads a private key. Throws {@link IllegalSetting} with the name {@code setting}. */
  static ECPrivateKey privateKey(String setting, String pem) {
    Object found = read(pem, PEMKeyPair.class, PrivateKeyInfo.class);
    try {
      if (found != null) {
        PrivateKeyInfo info =
            found instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) found;
        if (new JcaPEMKeyConverter().getPrivateKey(info) instanceof ECPrivateKey key
            && isP256(key)) {
          return key;
        }
      }
    } catch (IOException e) {
      // reported below
    }
    throw new IllegalSetting(
        setting, "expected an EC P-256 private key in PEM (PKCS#8 or SEC 1, not encrypted)");
  }

  /** Reads a public key. Throws {@link IllegalSetting} with the name {@code setting}. */
  static ECPublicKey publicKey(String setting, String pem) {
    Object found = read(pem, SubjectPublicKeyInfo.class, SubjectPublicKeyInfo.class);
    try {
      if (found != null
          && new JcaPEMKeyConverter().getPublicKey((SubjectPublicKeyInfo) found)
              instanceof ECPublicKey key
          && isP256(key)) {
        return key;
      }
    } catch (IOException e) {
      // reported below
    }
    throw new IllegalSetting(setting, "expected an EC P-256 public key in PEM");
  }

  /** The public key, which is computed because a PEM may leave it out. */
  static ECPublicKey publicKeyOf(ECPrivateKey key) {
    org.bouncycastle.math.ec.ECPoint point =
        new FixedPointCombMultiplier()
            .multiply(CustomNamedCurves.getByName("P-256").getG(), key.getS())
            .normalize();
    ECPoint w =
        new ECPoint(point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, key.getParams()));
      return (ECPublicKey) publicKey;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static boolean isP256(ECKey key) {
    return key.getParams().getOrder().equals(P256_ORDER);
  }

  /** The first object of one of the two kinds; null if there is none. */
  private static Object read(String pem, Class<?> kind, Class<?> otherKind) {
    // an environment variable often has the two characters \n instead of a line break
    try (PEMParser parser = new PEMParser(new StringReader(pem.replace("\\n", "\n")))) {
      Object found = parser.readObject();
      while (found != null && !kind.isInstance(found) && !otherKind.isInstance(found)) {
        found = parser.readObject();
      }
      return found;
    } catch (IOException e) {
      return null;
    }
  }
}
