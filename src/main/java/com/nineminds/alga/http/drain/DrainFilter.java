package com.nineminds.alga.http.drain;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Ends kept connections while the node drains. Otherwise a client that does not check readiness
 * could send a request on such a connection at the moment at which the server closes it.
 */
@WebFilter(value = "/*", asyncSupported = true)
public class DrainFilter extends HttpFilter {

  private static final long serialVersionUID = 1;

  @Inject transient Drain drain;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (drain.isDraining()) {
      response.setHeader("Connection", "close");
    }
    chain.doFilter(request, response);
  }
}
