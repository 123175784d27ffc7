package com.nineminds.alga.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client with one address of a network may use all addresses of that network. */
class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7,",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64, 2001:db8:1::/48",
    "2001:DB8:1:2::FFFF, 2001:db8:1:2::/64, 2001:db8:1::/48",
    "2001:db8:1:3::1, 2001:db8:1:3::/64, 2001:db8:1::/48",
    "::1, 0:0:0:0::/64, 0:0:0::/48",
    "::ffff:203.0.113.7, 203.0.113.7,",
    "no:address, no:address,",
    "localhost, localhost,"
  })
  void networkAndSite(String address, String network, String site) {
    ClientNetwork source = ClientNetwork.of(address);
    assertThat(source.network()).isEqualTo(network);
    assertThat(source.site().orElse(null)).isEqualTo(site);
  }
}
