package com.nineminds.alga.http.problem;

import java.lang.reflect.Method;
import java.util.Dictionary;

/** The registry of services of the OSGi framework that runs the server. It is used by its names. */
final class Osgi {

  private static final String PACKAGE = "org.osgi.framework.";

  private Osgi() {}

  /**
   * Registers a service. Running the result removes it. Throws a {@link
   * ReflectiveOperationException} or a {@link RuntimeException} if the server has no such
   * framework.
   *
   * @param ofServer the class loader of a class of the server
   * @param type the name of the interface of the service
   */
  static Runnable register(ClassLoader ofServer, String type, Object service)
      throws ReflectiveOperationException {
    ClassLoader framework = ofServer.getClass().getClassLoader();
    Object bundle = method(framework, "BundleReference", "getBundle").invoke(ofServer);
    Object context = method(framework, "Bundle", "getBundleContext").invoke(bundle);
    Object registration =
        method(
                framework,
                "BundleContext",
                "registerService",
                String.class,
                Object.class,
                Dictionary.class)
            .invoke(context, type, service, null);
    Method unregister = method(framework, "ServiceRegistration", "unregister");
    return () -> {
      try {
        unregister.invoke(registration);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static Method method(
      ClassLoader framework, String type, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    return framework.loadClass(PACKAGE + type).getMethod(name, parameters);
  }
}
