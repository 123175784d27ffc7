package com.nineminds.alga.operator.provider;

import com.nineminds.alga.operator.signin.SignInPage;
import java.util.concurrent.Callable;

/**
 * The OpenID provider did not answer, or not with what can be trusted; or it was not asked, since
 * too many ask.
 */
final class ProviderFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String said;

  /**
   * The provider was not asked.
   *
   * @param said what the page for signing in says then: see {@link SignInPage#getProblem}
   */
  ProviderFailed(String said, String message) {
    super(message);
    this.said = said;
  }

  private ProviderFailed(Exception cause) {
    super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    this.said = "provider";
  }

  /** What the page for signing in says: see {@link SignInPage#getProblem}. */
  String said() {
    return said;
  }

  /** Whatever the library says went wrong, it is the provider's answer that cannot be used. */
  static <T> T unless(Callable<T> work) {
    try {
      return work.call();
    } catch (ProviderFailed e) {
      throw e;
    } catch (Exception e) {
      throw new ProviderFailed(e);
    }
  }
}
