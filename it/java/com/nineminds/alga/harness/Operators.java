package com.nineminds.alga.harness;

import com.nineminds.alga.audit.CurrentOperator;
import com.nineminds.alga.http.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/** Acts as an operator at the console, for tests that run within the server. */
@ApplicationScoped
public class Operators {

  @Inject Instance<RequestContextController> contexts;
  @Inject CurrentOperator current;

  /** The result of the action for the operator of that name: a text, or the code of a problem. */
  public String gets(String name, Supplier<String> action) {
    RequestContextController context = contexts.get();
    boolean begun = context.activate();
    try {
      current.signedIn(name, null);
      return action.get();
    } catch (Problem refused) {
      return refused.code();
    } finally {
      current.signedIn(null, null);
      if (begun) {
        context.deactivate();
      }
    }
  }

  /** The same for an action without a result: {@code done}, or the code of a problem. */
  public String does(String name, Runnable action) {
    return gets(
        name,
        () -> {
          action.run();
          return "done";
        });
  }
}
