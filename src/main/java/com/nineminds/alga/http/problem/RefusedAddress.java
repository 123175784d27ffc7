package com.nineminds.alga.http.problem;

import com.nineminds.alga.http.JsonSetup;
import com.nineminds.alga.http.request.Requests;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers with a problem if Open Liberty refuses an address. For some addresses, and for some
 * methods of others, it does so before it asks an application. It has its own page for that, and no
 * setting for another one.
 *
 * <p>The server asks an OSGi service of its SPI ({@code com.ibm.wsspi.http.WorkClassifier}) on
 * which executor to run each request. For such an address, this one gives an executor that answers
 * the request. An application cannot see the SPI, so it is used by its names. On a server without
 * this SPI, the server's page stays.
 */
@WebListener
public class RefusedAddress implements ServletContextListener {

  private static final Logger LOG = Logger.getLogger(RefusedAddress.class.getName());
  private static final String SPI = "com.ibm.wsspi.http.";

  @Inject PathRules rules;
  @Inject Requests requests;

  private final JsonSetup json = new JsonSetup();
  private Server server;
  private Runnable registration;

  /** The methods of the SPI. */
  private record Server(
      Class<?> classifier,
      Method uri,
      Method method,
      Method header,
      Method response,
      Method status,
      Method setHeader,
      Method length,
      Method body,
      Method finish) {

    static Server of(ClassLoader loader) throws ReflectiveOperationException {
      Class<?> request = loader.loadClass(SPI + "HttpRequest");
      Class<?> response = loader.loadClass(SPI + "HttpResponse");
      Class<?> connection = loader.loadClass(SPI + "HttpInboundConnection");
      return new Server(
          loader.loadClass(SPI + "WorkClassifier"),
          request.getMethod("getURI"),
          request.getMethod("getMethod"),
          request.getMethod("getHeader", String.class),
          connection.getMethod("getResponse"),
          response.getMethod("setStatus", int.class),
          response.getMethod("setHeader", String.class, String.class),
          response.getMethod("setContentLength", long.class),
          response.getMethod("getBody"),
          connection.getMethod("finish", Exception.class));
    }
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ClassLoader loader = event.getServletContext().getClass().getClassLoader();
    try {
      server = Server.of(loader);
      Object classifier =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {server.classifier()},
              (proxy, method, arguments) ->
                  method.getName().equals("classify")
                      ? executor(arguments[0], arguments[1])
                      : method.invoke(this, arguments));
      registration = Osgi.register(loader, server.classifier().getName(), classifier);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.INFO, "The server answers malformed addresses with its own page: " + e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (registration != null) {
      registration.run();
    }
  }

  /** Returns null for a request that the server handles as always. */
  private Executor executor(Object request, Object connection) throws ReflectiveOperationException {
    Address address = new Address(String.valueOf(server.uri().invoke(request)));
    boolean isAnsweredHere =
        address.isRefusedByTheServer() || (address.isRefused() && !rules.isOfAPage(address));
    return isAnsweredHere ? task -> answer(address, request, connection) : null;
  }

  private void answer(Address address, Object request, Object connection) {
    ProblemBody problem = rules.answer(address);
    Exception failure = null;
    try {
      String id = requests.id((String) server.header().invoke(request, Requests.REQUEST_ID));
      byte[] body =
          json.getContext(ProblemBody.class).toJson(problem).getBytes(StandardCharsets.UTF_8);
      Object response = server.response().invoke(connection);
      server.status().invoke(response, problem.status());
      server.setHeader().invoke(response, "Content-Type", ProblemBody.MEDIA_TYPE);
      server.setHeader().invoke(response, Requests.REQUEST_ID, id);
      server.length().invoke(response, (long) body.length);
      String method = (String) server.method().invoke(request);
      requests.refused(method, problem.status(), problem.code(), id);
      try (OutputStream out = (OutputStream) server.body().invoke(response)) {
        out.write(body);
      }
    } catch (IOException | InvocationTargetException e) {
      failure = e;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } finally {
      finish(connection, failure);
    }
  }

  private void finish(Object connection, Exception failure) {
    try {
      server.finish().invoke(connection, failure);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
