package com.nineminds.alga.operator.guard;

import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Arrays;

/** Classifies a request of the console. */
record PageRequest(HttpServletRequest request) {

  private static final String RESOURCES = "/jakarta.faces.resource";
  private static final int LONGEST_FORM = 64 * 1024;

  /** Whether the request asks for the console itself and not for one of its pages. */
  boolean isRoot() {
    return request.getRequestURI().matches("/admin/?");
  }

  /**
   * Whether the address is a page, a servlet or a resource of the console. After {@link #RESOURCES}
   * Faces takes everything that is not a resource for a page, and the sign-in does not protect
   * these addresses. So only resources are accepted there.
   */
  boolean isOurs() {
    String path = request.getPathInfo();
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXACT
        || (request.getServletPath().equals(RESOURCES)
            && path != null
            && path.startsWith(RESOURCES + "/"));
  }

  /**
   * Whether the address needs no session. Only the sign-in and the resources of pages need none.
   */
  boolean isOpen() {
    return request
        .getServletPath()
        .matches("/admin/(sign-in|oidc|callback|signed-out)|" + RESOURCES);
  }

  boolean isReading() {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** Whether the request declares a body of at most 64 KiB. No form of the console is longer. */
  boolean isShort() {
    long length = request.getContentLengthLong();
    return length <= LONGEST_FORM
        && (length >= 0 || request.getHeader("Transfer-Encoding") == null);
  }

  /** Whether every escape is valid, and the database can store every text (no NUL character). */
  boolean isReadable() {
    try {
      return request.getParameterMap().values().stream()
          .flatMap(Arrays::stream)
          .noneMatch(value -> value.indexOf('\0') >= 0);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether Faces takes the request for a submitted form. A parameter of the address is enough for
   * that, so a link on any site could send a form.
   */
  boolean isForm() {
    return request.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null;
  }

  /** Whether the request carries no view state. No page of the console has view state. */
  boolean isStateless() {
    return !isForm()
        || request.getParameter(ResponseStateManager.VIEW_STATE_PARAM).equals("stateless");
  }

  /**
   * The path of the page for logs and metrics; {@code /admin/(other)} if it does not look like a
   * page.
   */
  String route() {
    String path = request.getServletPath();
    return path.matches("/admin/[a-z.-]{0,30}") ? path : "/admin/(other)";
  }
}
