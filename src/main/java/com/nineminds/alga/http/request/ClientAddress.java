package com.nineminds.alga.http.request;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the address of the client behind our own proxies. Each proxy appends the address of its
 * sender to {@code X-Forwarded-For}. The client may have invented everything before that.
 */
final class ClientAddress {

  private static final Pattern IPV4 =
      Pattern.compile(
          "((?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3})(?::\\d+)?");

  /** Some proxies add a port, and then write brackets around the address. */
  private static final Pattern IPV6 =
      Pattern.compile(
          "\\[?([0-9A-Fa-f:]+(?::\\d+\\.\\d+\\.\\d+\\.\\d+)?)(?:%\\w+)?(?:\\](?::\\d+)?)?");

  private static final int LONGEST = 64;

  private ClientAddress() {}

  /**
   * The address that the outermost trusted proxy received the request from. Empty without proxies,
   * and if they named no address; it is the address of the connection then.
   *
   * @param forwarded the values of all {@code X-Forwarded-For} headers, in their order
   * @param proxies the number of our proxies, one behind the other
   */
  static Optional<String> named(List<String> forwarded, int proxies) {
    if (proxies == 0 || forwarded.isEmpty()) {
      return Optional.empty();
    }
    List<String> hops = Arrays.asList(String.join(",", forwarded).split(",", -1));
    if (hops.size() < proxies) {
      return Optional.empty();
    }
    String hop = hops.get(hops.size() - proxies).strip();
    return hop.length() <= LONGEST ? address(hop) : Optional.empty();
  }

  private static Optional<String> address(String hop) {
    for (Pattern pattern : List.of(IPV4, IPV6)) {
      Matcher matcher = pattern.matcher(hop);
      if (matcher.matches() && (pattern == IPV4 || hop.indexOf(':') >= 0)) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
