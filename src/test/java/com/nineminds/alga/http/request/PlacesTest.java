package com.nineminds.alga.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.http.request.Places.Place;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private final Places places = new Places(3, 2);
  private final ClientNetwork one = ClientNetwork.of("203.0.113.1");
  private final ClientNetwork other = ClientNetwork.of("203.0.113.2");

  @Test
  void networkGetsOnlyItsPartAndAnotherOneGetsTheRest() {
    assertThat(places.take(one)).isPresent();
    assertThat(places.take(one)).isPresent();
    assertThat(places.take(one)).isEmpty();
    assertThat(places.take(other)).isPresent();
    assertThat(places.take(other)).isEmpty();
  }

  @Test
  void placeThatIsClosedTwiceIsFreeOnce() {
    Place first = places.take(one).orElseThrow();
    assertThat(places.take(one)).isPresent();
    first.close();
    first.close();
    assertThat(places.take(one)).isPresent();
    assertThat(places.take(one)).isEmpty();
  }

  @Test
  void networksOfOneIpv6SiteShareTheirPart() {
    assertThat(places.take(ClientNetwork.of("2001:db8:1:1::1"))).isPresent();
    assertThat(places.take(ClientNetwork.of("2001:db8:1:2::1"))).isPresent();
    assertThat(places.take(ClientNetwork.of("2001:db8:1:3::1"))).isEmpty();
    assertThat(places.take(ClientNetwork.of("2001:db8:2:1::1"))).isPresent();
  }
}
