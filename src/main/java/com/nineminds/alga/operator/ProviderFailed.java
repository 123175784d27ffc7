package com.nineminds.alga.operator;

import java.util.concurrent.Callable;

/** The OpenID provider did not answer, or not with what can be trusted. */
final class ProviderFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private ProviderFailed(Exception cause) {
    super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
  }

  /** Whatever the library says went wrong, it is the provider's answer that cannot be used. */
  static <T> T unless(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new ProviderFailed(e);
    }
  }
}
