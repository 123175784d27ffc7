package com.nineminds.alga.http.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The network that a client is in, as limits count it.
 *
 * @param network an IPv4 address; of IPv6 the first 64 bits, since whoever has one address there
 *     has all of those
 * @param site of IPv6 the first 48 bits, which one customer of a provider can have; empty for IPv4
 */
public record ClientNetwork(String network, Optional<String> site) {

  /** The network that an address is of; a text that is no address is its own network. */
  public static ClientNetwork of(String address) {
    if (address.indexOf(':') < 0) {
      return new ClientNetwork(address, Optional.empty());
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      // an IPv4 address in the clothes of IPv6 comes out as what it is
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
