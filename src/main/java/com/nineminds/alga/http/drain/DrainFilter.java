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
 * Ends kept connections while the node drains: whoever holds one, and does not ask for readiness,
 * would send a request on it at the very moment at which the server ends it.
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
