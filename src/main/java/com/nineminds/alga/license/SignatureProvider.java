package com.nineminds.alga.license;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jose4j.jca.ProviderContext;

/**
 * The provider of signatures: a native library if it can be loaded, otherwise the JDK. In Java 17
 * the JDK takes twenty times as long. The log names the provider at the start.
 */
final class SignatureProvider {

  private static final Logger LOG = Logger.getLogger(SignatureProvider.class.getName());

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
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      provider.assertHealthy();
      // added as the last provider, so that only our signatures use it
      if (Security.addProvider(provider) < 0) {
        throw new IllegalStateException("another application of this server has added it");
      }
      LOG.info(
          () -> "Licenses are signed by " + provider.getName() + " " + provider.getVersionStr());
      return provider;
    } catch (RuntimeException | LinkageError e) {
      LOG.log(
          Level.WARNING,
          "Licenses are signed by the JDK, which is slower: the native provider cannot be loaded ("
              + reason(e)
              + ")");
      return null;
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
