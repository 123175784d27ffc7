package com.nineminds.alga.http.drain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * SIGTERM, with something done before what it does by default. A shutdown hook would run beside
 * those of the server. Java has no other way to a signal than {@code sun.misc.Signal}, which every
 * JDK exports (JEP 260) and no compiler lets pass without a warning: so it is found by its name.
 */
final class TermSignal {

  private static final String PACKAGE = "sun.misc.";

  private final Object byDefault;

  private TermSignal(Object byDefault) {
    this.byDefault = byDefault;
  }

  /** From now on the signal does {@code first}, in a thread of its own, and then as before. */
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

  /** As if nothing had been done. */
  void release() {
    handledBy(byDefault);
  }

  /** Gives who handled it so far. */
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
