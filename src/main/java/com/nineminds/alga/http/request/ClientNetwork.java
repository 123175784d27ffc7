package com.nineminds.alga.http.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The network of a client, as limits count it.
 *
 * @param network an IPv4 address, or the first 64 bits of an IPv6 address, because a client with
 *     one address of such a network can use all of them
 * @param site the first 48 bits of an IPv6 address, which one customer of a provider can have;
 *     empty for IPv4
 */
public record ClientNetwork(String network, Optional<String> site) {

  /** The network of an address. A text that is not an address is its own network. */
  public static ClientNetwork of(String address) {
    if (address.indexOf(':') < 0) {
      return new ClientNetwork(address, Optional.empty());
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      // IPv4-mapped IPv6 addresses count as IPv4
      return bytes.length == 4
          ? new ClientNetwork(parsed.getHostAddress(), Optional.empty())
          : new ClientNetwork(prefix(bytes, 4) + "::/64", Optional.of(prefix(bytes, 3) + "::/48"));
    } catch (UnknownHostException e) {
      return new ClientNetwork(address, Optional.empty());
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
