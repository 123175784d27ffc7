package com.nineminds.alga.http.problem;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The path of a request as the client sent it, with its escapes. The server refuses some paths, so
 * no route ever sees them.
 *
 * @param raw the path without the query
 */
record Address(String raw) {

  /** Characters that the server refuses in a path: as they are, or as an escape. */
  private static final Pattern REFUSED = Pattern.compile("[#\\\\]|%(?:23|2[Ee]|2[Ff]|5[Cc])");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** What a decoder makes of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  /**
   * Whether the server refuses the path before it asks an application: the path has a broken escape
   * or a control character, or leads above the root.
   */
  boolean isRefusedByTheServer() {
    if (raw.indexOf('%') < 0 && !raw.contains("/.") && raw.chars().noneMatch(Address::isControl)) {
      return false;
    }
    if (BROKEN_ESCAPE.matcher(raw).find()) {
      return true;
    }
    String path = decoded();
    return path.chars().anyMatch(Address::isControl) || leadsAboveTheRoot(path);
  }

  /** Whether the server refuses the path, also if the application answers for it. */
  boolean isRefused() {
    return isRefusedByTheServer()
        || REFUSED.matcher(raw).find()
        || decoded().indexOf(REPLACEMENT) >= 0;
  }

  /** Whether the path is the prefix and exactly one part below it. */
  boolean isOneBelow(String prefix) {
    return raw.startsWith(prefix)
        && raw.length() > prefix.length()
        && raw.indexOf('/', prefix.length()) < 0;
  }

  private String decoded() {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }

  private static boolean isControl(int c) {
    return c < ' ' || c == 0x7f;
  }

  /** Dots with parameters count too, because the server refuses them or drops the parameters. */
  private static boolean leadsAboveTheRoot(String path) {
    int depth = 0;
    for (String part : path.split("/", -1)) {
      if (part.startsWith(".;") || part.startsWith("..;")) {
        return true;
      }
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
