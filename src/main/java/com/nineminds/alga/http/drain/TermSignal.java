package com.nineminds.alga.http.drain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Runs an action before the previous handler of SIGTERM. A shutdown hook does not help, because it
 * would run at the same time as the hooks of the server. Java handles signals only by {@code
 * sun.misc.Signal}. Every JDK exports that class (JEP 260), but a compiler warns about its use, so
 * it is found by its name.
 */
final class TermSignal {

  private static final String PACKAGE = "sun.misc.";

  private final Object byDefault;

  private TermSignal(Object byDefault) {
    this.byDefault = byDefault;
  }

  /** From now on the signal runs {@code first} in its own thread, and then the previous handler. */
  static TermSignal precededBy(Runnable first) {
    Object[] before = new Object[1];
    Object handler =
        Proxy.newProxyInstance(
            TermSignal.class.getClassLoader(),
            new Class<?>[] {type("SignalHandler")},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("handle")) {
                return method.invoke(first, arguments);
              }
              first.run();
              return method.invoke(before[0], arguments);
            });
    before[0] = handledBy(handler);
    return new TermSignal(before[0]);
  }

  /** Restores the previous handler. */
  void release() {
    handledBy(byDefault);
  }

  /** Sets the handler of the signal. Returns the previous one. */
  private static Object handledBy(Object handler) {
    try {
      Class<?> signal = type("Signal");
      return signal
          .getMethod("handle", signal, type("SignalHandler"))
          .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), handler);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "SIGTERM cannot be handled (is the JVM started with -Xrs?); set DRAIN_SECONDS=0",
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(PACKAGE + name, true, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this JDK has no module jdk.unsupported", e);
    }
  }
}
