package com.nineminds.alga.operator.guard;

import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Arrays;

/** What kind of request it is that asks for a page of the console. */
record PageRequest(HttpServletRequest request) {

  private static final String RESOURCES = "/jakarta.faces.resource";
  private static final int LONGEST_FORM = 64 * 1024;

  /** The console itself, and no page of it. */
  boolean isRoot() {
    return request.getRequestURI().matches("/admin/?");
  }

  /**
   * For a page, a servlet or a resource of ours, and nothing that only looks like one: what comes
   * after {@link #RESOURCES} and is no resource, Faces takes for a page, and nobody has to sign in
   * there.
   */
  boolean isOurs() {
    String path = request.getPathInfo();
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXACT
        || (request.getServletPath().equals(RESOURCES)
            && path != null
            && path.startsWith(RESOURCES + "/"));
  }

  /** For what needs no session: signing in, and what the page for that consists of. */
  boolean isOpen() {
    return request.getServletPath().matches("/admin/(sign-in|oidc|callback)|" + RESOURCES);
  }

  boolean isReading() {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** No form of ours is longer than 64 KiB, and the server would read any into memory. */
  boolean isShort() {
    long length = request.getContentLengthLong();
    return length <= LONGEST_FORM
        && (length >= 0 || request.getHeader("Transfer-Encoding") == null);
  }

  /** Whether every escape is one, and every text one that the database can hold. */
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
   * Whether Faces takes it for the answer to a form; it does so by an address alone too, so that a
   * link on any site could send one.
   */
  boolean isForm() {
    return request.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null;
  }

  /** Whether it brings no view's state: no page of ours has one. */
  boolean isStateless() {
    return !isForm()
        || request.getParameter(ResponseStateManager.VIEW_STATE_PARAM).equals("stateless");
  }

  /** The page, of which there are few; never what a request made up. */
  String route() {
    String path = request.getServletPath();
    return path.matches("/admin/[a-z.-]{0,30}") ? path : "/admin/(other)";
  }
}
