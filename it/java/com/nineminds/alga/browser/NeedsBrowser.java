package com.nineminds.alga.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Marks tests that need Chromium. Without Chromium they do not run, and the end of the run says so.
 * With {@code -Dalga.it.browser=required} they run in any case, and fail without Chromium.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
public @interface NeedsBrowser {

  /** Decides whether the tests run. Also registers the work for the end of the run. */
  final class Condition implements ExecutionCondition {

    private static final Namespace RUN = Namespace.create(NeedsBrowser.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Chromium.find().isPresent() || "required".equals(System.getProperty("alga.it.browser"))) {
        atEndOfRun(context, "browser", Chromium::end);
        return ConditionEvaluationResult.enabled("");
      }
      atEndOfRun(
          context,
          "notice",
          () -> System.out.println("NOT RUN: the tests in a browser; " + Chromium.MISSING));
      return ConditionEvaluationResult.disabled(Chromium.MISSING);
    }

    private static void atEndOfRun(ExtensionContext context, String what, AutoCloseable action) {
      context.getRoot().getStore(RUN).getOrComputeIfAbsent(what, unused -> action);
    }
  }
}
