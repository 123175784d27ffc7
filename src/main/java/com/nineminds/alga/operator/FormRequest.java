package com.nineminds.alga.operator;

import com.nineminds.alga.http.ReceivedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A request with parameters of its own. The server does not parse them: it would wait for a slow
 * form as long as the sender likes.
 */
final class FormRequest extends HttpServletRequestWrapper {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final String[] texts;
  private Map<String, String[]> parameters;

  private FormRequest(HttpServletRequest request, String... texts) {
    super(request);
    this.texts = texts;
  }

  /** The request without any parameters. */
  static FormRequest bare(HttpServletRequest request) {
    return new FormRequest(request);
  }

  /** The request with the parameters of its address and its form, in that order. */
  static FormRequest of(ReceivedRequest received) throws IOException {
    String query = Objects.requireNonNullElse(received.getQueryString(), "");
    String type = Objects.requireNonNullElse(received.getContentType(), "");
    if (!type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return new FormRequest(received, query);
    }
    byte[] form = received.getInputStream().readAllBytes();
    return new FormRequest(received, query, new String(form, StandardCharsets.UTF_8));
  }

  private static void read(String text, Map<String, String[]> parameters) {
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String[] value = {parts.length == 1 ? "" : decoded(parts[1])};
        parameters.merge(decoded(parts[0]), value, FormRequest::both);
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String[] both(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
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

  /** As the server's own, throws IllegalArgumentException for an escape that is none. */
  @Override
  public Map<String, String[]> getParameterMap() {
    if (parameters == null) {
      Map<String, String[]> read = new LinkedHashMap<>();
      for (String text : texts) {
        read(text, read);
      }
      parameters = Collections.unmodifiableMap(read);
    }
    return parameters;
  }
}
