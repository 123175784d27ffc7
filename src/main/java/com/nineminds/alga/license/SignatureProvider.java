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
 * Who makes the signatures: a native library where it loads, since the JDK's own provider takes
 * twenty times as long in Java 17; that provider elsewhere. The log says which, at the start.
 */
final class SignatureProvider {

  private static final Logger LOG = Logger.getLogger(SignatureProvider.class.getName());

  /** Null where it does not load. */
  private static final Provider NATIVE = load();

  private SignatureProvider() {}

  /** What a signature is to be made with. */
  static ProviderContext context() {
    ProviderContext context = new ProviderContext();
    if (NATIVE != null) {
      context.getSuppliedKeyProviderContext().setSignatureProvider(NATIVE.getName());
    }
    return context;
  }

  /** The key as the provider wants it, which would make it so for each signature again. */
  static ECPrivateKey suited(ECPrivateKey key) {
    try {
      return NATIVE == null
          ? key
          : (ECPrivateKey) KeyFactory.getInstance("EC", NATIVE).translateKey(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the license key is not one for signing", e);
    }
  }

  private static Provider load() {
    try {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      provider.assertHealthy();
      // comes last: nothing but our signatures is to be made by it
      if (Security.addProvider(provider) < 0) {
        throw new IllegalStateException("another application of this server has it");
      }
      LOG.info(
          () -> "Licenses are signed by " + provider.getName() + " " + provider.getVersionStr());
      return provider;
    } catch (RuntimeException | LinkageError e) {
      LOG.log(
          Level.WARNING,
          "Licenses are signed by the JDK, which is slower: the native provider does not load ("
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
