package com.nineminds.alga.local;

import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What {@code mvn} alone runs before the server, by {@code exec:java} inside Maven's JVM: starts a
 * PostgreSQL and an object store, and generates secrets and settings. All of it is kept in {@code
 * .local/} and ends with Maven. The work itself is done by {@link LocalServices}; here is what lets
 * it outlive the {@code exec:java} that started it.
 */
public final class LocalRun {

  private LocalRun() {}

  /**
   * Returns when everything that the server needs is there, and leaves it running.
   *
   * @param arguments the project's folder; the current one if left out
   */
  public static void main(String[] arguments) throws Exception {
    Path base = Path.of(arguments.length == 0 ? "" : arguments[0]).toAbsolutePath().normalize();
    ClassLoader lasting = lastingLoader();
    FutureTask<?> services =
        new FutureTask<>(
            (Callable<?>)
                lasting
                    .loadClass(LocalServices.class.getName())
                    .getConstructor(Path.class)
                    .newInstance(base));
    // exec:java waits until every thread of its own group has ended, which the store's never do.
    // Threads inherit the group, so one outside of it starts them all.
    Thread starter = new Thread(rootGroup(), services, "local-services");
    starter.setContextClassLoader(lasting);
    starter.start();
    try {
      services.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception reason ? reason : e;
    }
  }

  /** exec:java closes its class loader on return, but stopping PostgreSQL needs classes too. */
  private static ClassLoader lastingLoader() {
    ClassLoader given = LocalRun.class.getClassLoader();
    return given instanceof URLClassLoader closing
        ? new URLClassLoader(closing.getURLs(), ClassLoader.getPlatformClassLoader())
        : given;
  }

  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
