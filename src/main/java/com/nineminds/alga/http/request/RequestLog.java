package com.nineminds.alga.http.request;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Begins and ends each request of a JAX-RS route by {@link Requests}, and adds its id to the
 * answer.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 100)
public class RequestLog implements ContainerRequestFilter, ContainerResponseFilter {

  private final Map<Method, String> paths = new ConcurrentHashMap<>();

  @Inject CurrentRequest current;
  @Inject Requests requests;
  @Context HttpServletRequest servletRequest;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    requests.begin(servletRequest);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(Requests.REQUEST_ID, current.id());
    requests.end(request.getMethod(), path(), response.getStatus());
  }

  /**
   * The path of the route as the contract names it, so that metrics contain no id or code of a
   * path.
   */
  private String path() {
    if (resource.getResourceClass() == null) {
      return "(unknown)";
    }
    return paths.computeIfAbsent(resource.getResourceMethod(), RequestLog::path);
  }

  private static String path(Method method) {
    String path = method.getDeclaringClass().getAnnotation(Path.class).value();
    Path rest = method.getAnnotation(Path.class);
    return rest == null ? path : path + rest.value();
  }
}
