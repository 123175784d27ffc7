package com.nineminds.alga.http;

import com.nineminds.alga.http.HttpProblem.BodyTooSlow;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Has the whole body of a request there before a route begins, within {@link
 * ReceivedRequest#PATIENCE}, and lets fewer threads wait for bodies than the server has, since it
 * needs some to hear of what arrives. Not by a ReadListener: in this server a timeout that meets
 * its dispatch wrote answers into the wrong connection.
 */
@WebFilter("/*")
public class BodyFilter extends HttpFilter {

  private static final long serialVersionUID = 1;

  private final transient Turns turns = new Turns(200);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST") || isOfTheConsole(request)) {
      chain.doFilter(request, response);
      return;
    }
    ReceivedRequest received = new ReceivedRequest(request);
    if (received.failure().isEmpty() && !turns.read(received)) {
      received.fail(new BodyTooSlow());
    }
    chain.doFilter(received, response);
  }

  /** Its forms are read where it is known whether they are forms at all. */
  private static boolean isOfTheConsole(HttpServletRequest request) {
    return request.getServletPath().startsWith("/admin/")
        || request.getServletPath().startsWith("/jakarta.faces.resource");
  }
}
