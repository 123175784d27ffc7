package com.nineminds.alga.http.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a request came from, as far as limits are concerned.
 *
 * @param network an IPv4 address; of IPv6 the first 64 bits, since whoever has one address there
 *     has all of those
 * @param site of IPv6 the first 48 bits, which one customer of a provider can have; empty for IPv4
 */
public record Source(String network, Optional<String> site) {

  /** The source that an address is of; what is no address is its own network. */
  public static Source of(String address) {
    if (address.indexOf(':') < 0) {
      return new Source(address, Optional.empty());
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      // an IPv4 address in the clothes of IPv6 comes out as what it is
      return bytes.length == 4
          ? new Source(parsed.getHostAddress(), Optional.empty())
          : new Source(prefix(bytes, 4) + "::/64", Optional.of(prefix(bytes, 3) + "::/48"));
    } catch (UnknownHostException e) {
      return new Source(address, Optional.empty());
    }
  }

  private static String prefix(byte[] bytes, int groups) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < groups; i++) {
      int group = Byte.toUnsignedInt(bytes[2 * i]) << 8 | Byte.toUnsignedInt(bytes[2 * i + 1]);
      prefix.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
    }
    return prefix.toString();
  }
}
