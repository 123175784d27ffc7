package com.nineminds.alga.license;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jose4j.jca.ProviderContext;

/**
 * The provider of signatures: a native library if it can be loaded, otherwise the JDK. In Java 17
 * the JDK takes twenty times as long. The log names the provider at the start.
 *
 * <p>The service has the native provider for several platforms. Its jars have the same classes, so
 * that they cannot be on one class path. They lie beside this class, which loads the one of this
 * platform.
 */
final class SignatureProvider {

  private static final Logger LOG = Logger.getLogger(SignatureProvider.class.getName());
  private static final String CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  /** Null if it cannot be loaded. */
  private static final Provider NATIVE = load();

  private SignatureProvider() {}

  /** The context that selects the provider of a signature. */
  static ProviderContext context() {
    ProviderContext context = new ProviderContext();
    if (NATIVE != null) {
      context.getSuppliedKeyProviderContext().setSignatureProvider(NATIVE.getName());
    }
    return context;
  }

  /** Converts the key for the provider, which would otherwise convert it for each signature. */
  static ECPrivateKey suited(ECPrivateKey key) {
    try {
      return NATIVE == null
          ? key
          : (ECPrivateKey) KeyFactory.getInstance("EC", NATIVE).translateKey(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the native provider cannot use the license key", e);
    }
  }

  private static Provider load() {
    try {
      Provider provider = healthy();
      // added as the last provider, so that only our signatures use it
      if (Security.addProvider(provider) < 0) {
        throw new IllegalStateException("another application of this server has added it");
      }
      LOG.info(
          () -> "Licenses are signed by " + provider.getName() + " " + provider.getVersionStr());
      return provider;
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(
          Level.WARNING,
          "Licenses are signed by the JDK, which is slower: the native provider cannot be loaded ("
              + reason(e)
              + ")");
      return null;
    }
  }

  private static Provider healthy() throws IOException, ReflectiveOperationException {
    String system = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    try (InputStream packed = SignatureProvider.class.getResourceAsStream(jar(system, processor))) {
      if (packed == null) {
        throw new IllegalStateException("the WAR has none for " + system + " " + processor);
      }
      Path jar = Files.createTempFile("alga-license-", ".jar");
      try {
        Files.copy(packed, jar, StandardCopyOption.REPLACE_EXISTING);
        ClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Class<?> type = loader.loadClass(CLASS);
        Provider provider = (Provider) type.getField("INSTANCE").get(null);
        type.getMethod("assertHealthy").invoke(provider);
        // it would run them in the background, without the data that the jar has for them
        Object selfTests = type.getMethod("runSelfTests").invoke(provider);
        if (!selfTests.toString().equals("PASSED")) {
          throw new IllegalStateException("its tests of itself: " + selfTests);
        }
        return provider;
      } finally {
        Files.delete(jar); // the loader reads it on through the file that it has open
      }
    }
  }

  /** The name of the jar for a platform, with the classifier of the provider's releases. */
  static String jar(String system, String processor) {
    return "AmazonCorrettoCryptoProvider-%s-%s.jar"
        .formatted(
            system.startsWith("Mac") ? "osx" : system.toLowerCase(Locale.ROOT),
            processor.equals("amd64") ? "x86_64" : processor.replace("aarch64", "aarch_64"));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
