package com.nineminds.alga.operator.provider;

import com.nineminds.alga.operator.signin.SignInPage;
import java.util.concurrent.Callable;

/**
 * The OpenID provider did not answer, or its answer cannot be trusted, or it was not asked because
 * of a limit.
 */
final class ProviderFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String said;

  /**
   * The provider was not asked.
   *
   * @param said the message of the page to sign in, see {@link SignInPage#getProblem}
   */
  ProviderFailed(String said, String message) {
    super(message);
    this.said = said;
  }

  private ProviderFailed(Exception cause) {
    super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    this.said = "provider";
  }

  /** The message of the page to sign in, see {@link SignInPage#getProblem}. */
  String said() {
    return said;
  }

  /** Runs the work. Every exception of it becomes a {@link ProviderFailed}. */
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
