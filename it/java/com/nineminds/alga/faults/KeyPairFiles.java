package com.nineminds.alga.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A license key: the private half for the setting, the public one in the published directory. */
record KeyPairFiles(String privatePem) {

  /** Makes one, and publishes it as {@code KID.pem}. */
  static KeyPairFiles write(Path published, String kid) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Files.writeString(published.resolve(kid + ".pem"), pem("PUBLIC KEY", pair.getPublic()));
      return new KeyPairFiles(pem("PRIVATE KEY", pair.getPrivate()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, Key key) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind,
            Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()),
            kind);
  }
}
