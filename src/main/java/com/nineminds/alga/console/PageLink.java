package com.nineminds.alga.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The address of a page with its parameters. */
final class PageLink {

  private final String page;
  private final StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");

  PageLink(String page) {
    this.page = page;
  }

  /** The value of a parameter; empty if the request has none. */
  static String value(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value;
  }

  /** Adds these parameters as the request has them. Leaves out empty ones. */
  PageLink as(HttpServletRequest request, String... names) {
    for (String name : names) {
      String value = value(request, name);
      with(name, value.isEmpty() ? null : value);
    }
    return this;
  }

  /** Adds a parameter; null adds nothing. */
  PageLink with(String name, Object value) {
    if (value != null) {
      parameters.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
    return this;
  }

  @Override
  public String toString() {
    return page + parameters;
  }
}
