package com.nineminds.alga.faults;

import com.nineminds.alga.license.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/** A license key: the private half for the setting, and the published public half. */
record KeyPairFiles(String privatePem) {

  /** Makes a key pair, and publishes the public half as {@code KID.pem}. */
  static KeyPairFiles write(Path published, String kid) throws IOException {
    KeyPair pair = TestKeys.p256();
    Files.writeString(published.resolve(kid + ".pem"), TestKeys.publicPem(pair));
    return new KeyPairFiles(TestKeys.pkcs8(pair));
  }
}
