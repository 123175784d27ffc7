package com.nineminds.alga.local;

import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The program that {@code mvn} alone runs before the server, by {@code exec:java} inside Maven's
 * JVM. It starts a PostgreSQL and an object store, and generates secrets and settings. Everything
 * is kept in {@code .local/}. The started services end with Maven. {@link LocalServices} does the
 * work. This class lets it run longer than {@code exec:java}.
 */
public final class LocalRun {

  private LocalRun() {}

  /**
   * Returns when everything that the server needs is there. The services keep running.
   *
   * @param arguments folder of the project; without an argument, the current folder
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
    // exec:java waits until all threads of its own group have ended, but the store's threads never
    // end. Threads inherit their group, so a thread outside of that group starts them all.
    Thread starter = new Thread(rootGroup(), services, "local-services");
    starter.setContextClassLoader(lasting);
    starter.start();
    try {
      services.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception reason ? reason : e;
    }
  }

  /** exec:java closes its class loader on return, but the end of PostgreSQL needs classes later. */
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
