package com.nineminds.alga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTriesTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "2001:db8:1:2:3:4:5:6, 20010db800010002",
    "2001:db8:1:2::ffff, 20010db800010002",
    "2001:db8:1:3::1, 20010db800010003",
    "0:0:0:0:0:0:0:1, 0000000000000000",
    "no:address, no:address"
  })
  void whoeverHasOneAddressOfANetworkHasAllOfIt(String address, String source) {
    assertThat(SignInTries.source(address)).isEqualTo(source);
  }
}
