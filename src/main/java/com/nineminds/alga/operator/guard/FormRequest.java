package com.nineminds.alga.operator.guard;

import com.nineminds.alga.http.body.ReceivedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A request that parses its parameters itself. The server would wait for a slow form as long as the
 * sender likes.
 */
final class FormRequest extends HttpServletRequestWrapper {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final String[] texts;
  private Map<String, String[]> parameters;

  private FormRequest(HttpServletRequest request, String... texts) {
    super(request);
    this.texts = texts;
  }

  /** The request without parameters. */
  static FormRequest bare(HttpServletRequest request) {
    return new FormRequest(request);
  }

  /** The request with the parameters of its address and then of its form. */
  static FormRequest of(ReceivedRequest received) throws IOException {
    String query = Objects.requireNonNullElse(received.getQueryString(), "");
    String type = Objects.requireNonNullElse(received.getContentType(), "");
    if (!type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return new FormRequest(received, query);
    }
    byte[] form = received.getInputStream().readAllBytes();
    return new FormRequest(received, query, new String(form, StandardCharsets.UTF_8));
  }

  private static void read(String text, Map<String, List<String>> parameters) {
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>(1))
            .add(parts.length == 1 ? "" : decoded(parts[1]));
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** Like the server's method, throws IllegalArgumentException for an invalid escape. */
  @Override
  public Map<String, String[]> getParameterMap() {
    if (parameters == null) {
      Map<String, List<String>> read = new LinkedHashMap<>();
      for (String text : texts) {
        read(text, read);
      }
      Map<String, String[]> values = new LinkedHashMap<>();
      read.forEach((name, all) -> values.put(name, all.toArray(String[]::new)));
      parameters = Collections.unmodifiableMap(values);
    }
    return parameters;
  }
}
