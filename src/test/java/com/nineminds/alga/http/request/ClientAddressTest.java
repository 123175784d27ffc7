package com.nineminds.alga.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service trusts only the addresses that our own proxies wrote. */
class ClientAddressTest {

  private static final String CONNECTION = "10.0.0.1";

  private static String address(List<String> forwarded, int proxies) {
    return ClientAddress.named(forwarded, proxies).orElse(CONNECTION);
  }

  @Test
  void headerIsIgnoredWithoutProxies() {
    assertThat(address(List.of("203.0.113.7"), 0)).isEqualTo(CONNECTION);
  }

  @ParameterizedTest
  @CsvSource({"1, 198.51.100.2", "2, 198.51.100.1", "3, 6.6.6.6"})
  void addressIsTheOneThatTheOutermostProxyWrote(int proxies, String address) {
    List<String> forwarded = List.of("6.6.6.6", "198.51.100.1 , 198.51.100.2");
    assertThat(address(forwarded, proxies)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7:4711, 203.0.113.7",
    "2001:db8::7, 2001:db8::7",
    "[2001:db8::7], 2001:db8::7",
    "[2001:db8::7]:4711, 2001:db8::7",
    "fe80::1%eth0, fe80::1",
    "::ffff:203.0.113.7, ::ffff:203.0.113.7",
    "unknown, 10.0.0.1",
    "_hidden, 10.0.0.1",
    "999.1.1.1, 10.0.0.1",
    "'', 10.0.0.1",
    "host.example, 10.0.0.1",
    "abc, 10.0.0.1"
  })
  void proxiesWriteItInManyWays(String written, String address) {
    assertThat(address(List.of(written), 1)).isEqualTo(address);
  }

  @Test
  void chainThatIsTooShortIsNoneOfOurs() {
    assertThat(address(List.of(), 1)).isEqualTo(CONNECTION);
    assertThat(address(List.of("203.0.113.7"), 2)).isEqualTo(CONNECTION);
    assertThat(address(List.of("1".repeat(10_000)), 1)).isEqualTo(CONNECTION);
  }
}
