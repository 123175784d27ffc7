package com.nineminds.alga.faults;

import com.nineminds.alga.license.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/** A license key: the private half for the setting, the public one in the published directory. */
record KeyPairFiles(String privatePem) {

  /** Makes one, and publishes it as {@code KID.pem}. */
  static KeyPairFiles write(Path published, String kid) throws IOException {
    KeyPair pair = TestKeys.p256();
    Files.writeString(published.resolve(kid + ".pem"), TestKeys.publicPem(pair));
    return new KeyPairFiles(TestKeys.pkcs8(pair));
  }
}
