package com.nineminds.alga.guessing;

import static com.nineminds.alga.guessing.PlayedNode.ANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.http.request.ClientNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The limits of networks, sites and floods, without a server and with a simulated clock. */
class FailedTriesTest {

  private static final int TRIES = 5;
  private static final GuessingSettings FEW_TRIES =
      GuessingSettings.read(GivenSettings.of("FAILED_REDEEMS_PER_DAY", "5").settings());
  private static final GuessingSettings DEFAULTS =
      GuessingSettings.read(GivenSettings.of().settings());

  private final PlayedBuckets buckets = new PlayedBuckets();

  private List<PlayedNode> nodes(int count, GuessingSettings settings) {
    return Stream.generate(() -> new PlayedNode(buckets, settings)).limit(count).toList();
  }

  private void flood(PlayedNode node) {
    buckets
        .of("claim_code of all, 10000", GuessingSettings.ofAll(10_000))
        .tryConsumeAsMuchAsPossible(19_000);
    node.guess("192.0.2.1");
    buckets.time.pass(Duration.ofSeconds(2));
    node.guess("192.0.2.2");
  }

  private static String inSite(int site, int network) {
    return "2001:db8:%x:%x::1".formatted(site, network);
  }

  private static long answered(Stream<Optional<Duration>> answers) {
    return answers.filter(Optional::isEmpty).count();
  }

  @Test
  void siteHasTheTriesOfTenNetworksOnAllNodesAndAfterRestarts() {
    long answered = 0;
    for (int restart = 0; restart < 3; restart++) {
      List<PlayedNode> nodes = nodes(3, FEW_TRIES);
      int first = 500 * restart;
      answered +=
          answered(
              IntStream.range(first, first + 500)
                  .mapToObj(i -> nodes.get(i % 3).guess(inSite(1, i))));
    }
    // a node that does not know the site needs one failed try to learn about it
    assertThat(answered).isBetween(10L * TRIES, 10L * TRIES + 9);
  }

  @Test
  void duringAFloodEvenARestartedNodeLooksBeforeTheTry() {
    PlayedNode node = new PlayedNode(buckets, DEFAULTS);
    flood(node);
    // in a flood, a site has as many tries at once as without a flood
    assertThat(answered(IntStream.range(0, 4_000).mapToObj(i -> node.guess(inSite(2, i)))))
        .isEqualTo(2_500);
    for (PlayedNode restarted : nodes(3, DEFAULTS)) {
      assertThat(
              answered(IntStream.range(5_000, 5_100).mapToObj(i -> restarted.guess(inSite(2, i)))))
          .isZero();
    }
  }

  @Test
  void moreNetworksThanANodeRemembersGetNoMoreTries() {
    PlayedNode forgetful = new PlayedNode(buckets, FEW_TRIES, 10);
    long answered =
        answered(
            IntStream.range(0, 20 * 20).mapToObj(i -> forgetful.guess("198.51.100." + i % 20)));
    // each network gets one try before the node forgets the first network
    assertThat(answered).isBetween(20L * TRIES, 20L * TRIES + 20);
  }

  @Test
  void quietDaysLeaveNoDebtForAFlood() {
    List<PlayedNode> nodes = nodes(3, DEFAULTS);
    String carrier = "203.0.113.7";
    for (int day = 0; day < 60; day++) {
      for (int i = 0; i < 20; i++) {
        assertThat(nodes.get(i % 3).guess(carrier)).isEqualTo(ANSWERED);
      }
      buckets.time.pass(Duration.ofDays(1));
    }
    flood(nodes.get(0));
    assertThat(answered(Stream.generate(() -> nodes.get(0).guess(carrier)).limit(300)))
        .isEqualTo(DEFAULTS.codes());
    assertThat(nodes.get(0).guess(carrier).orElseThrow()).isLessThan(Duration.ofDays(1));
  }

  @Test
  void debtsOfAFloodAreNotWaitedForLongerThanADay() {
    PlayedNode node = new PlayedNode(buckets, DEFAULTS);
    flood(node);
    String network = "203.0.113.8";
    Budgets.Budget budget =
        node.failedTries.budgets.ofNetwork(
            SecretKind.claim_code, FloodLevel.flood, ClientNetwork.of(network));
    IntStream.range(0, 1_000).forEach(i -> budget.owe());
    Duration told = node.guess(network).orElseThrow();
    assertThat(told).isLessThanOrEqualTo(Duration.ofDays(1).plusSeconds(1));
    buckets.time.pass(told);
    buckets.dropFull();
    assertThat(node.redeem(network, 1)).isEqualTo(ANSWERED);
  }

  @Test
  void networkThatInstalledLatelyWaitsAnHourAtMost() {
    List<PlayedNode> nodes = nodes(3, DEFAULTS);
    flood(nodes.get(0));
    String network = "203.0.113.9";
    nodes.get(0).guess(network);
    nodes.get(0).redeem(network, 1);
    for (int i = 0; i < 300; i++) {
      nodes.get(0).guess(network);
    }
    buckets.time.pass(Duration.ofSeconds(2));
    for (int hour = 0; hour < 24; hour++) {
      PlayedNode node = nodes.get(1 + hour % 2);
      while (node.guess(network).isEmpty()) {}
      Duration told = node.guess(network).orElseThrow();
      assertThat(told).isLessThanOrEqualTo(Duration.ofHours(1).plusSeconds(1));
      buckets.time.pass(told);
      buckets.dropFull();
      assertThat(node.redeem(network, 2 + hour)).isEqualTo(ANSWERED);
      assertThat(node.redeem(network, 102 + hour)).isEqualTo(ANSWERED);
    }
  }

  @Test
  void installGivesItsNetworkOneTryAnHourAndNoMore() {
    PlayedNode node = new PlayedNode(buckets, DEFAULTS);
    String network = "203.0.113.10";
    node.redeem(network, 1);
    node.guess(network);
    flood(node);
    while (node.guess(network).isEmpty()) {}
    long answered = 0;
    for (int minute = 0; minute < 10 * 24 * 60; minute++) {
      buckets.time.pass(Duration.ofMinutes(1));
      // other clients keep the flood going
      buckets
          .of("claim_code of all, 10000", GuessingSettings.ofAll(10_000))
          .tryConsumeAsMuchAsPossible(20_000);
      answered += node.guess(network).isEmpty() ? 1 : 0;
    }
    // these may include the five tries a day of every network, or not
    assertThat(answered).isBetween(10L * 24 - 1, 10L * (24 + 5) + 1);
  }

  @Test
  void codeSpeaksForOneNetworkOnly() {
    PlayedNode node = new PlayedNode(buckets, DEFAULTS);
    flood(node);
    for (int i = 1; i <= 20; i++) {
      String network = "203.0.113." + (100 + i);
      node.guess(network);
      node.redeem(network, 7);
      while (node.guess(network).isEmpty()) {}
      assertThat(node.guess(network).orElseThrow().compareTo(Duration.ofHours(2)) < 0)
          .isEqualTo(i == 1);
    }
  }

  @Test
  void goodCredentialIsNeverRefusedAndAWrongOneIs() {
    PlayedNode node = new PlayedNode(buckets, DEFAULTS);
    String network = "203.0.113.11";
    assertThat(
            answered(
                IntStream.range(0, 3_000)
                    .mapToObj(i -> node.wrong(SecretKind.credential, network, i))))
        .isEqualTo(DEFAULTS.credentials());
    assertThat(node.wrong(SecretKind.credential, network, 5_000)).isPresent();
    assertThat(node.redeem(network, 1)).isEqualTo(ANSWERED);
  }

  @Test
  void repeatsOfAWrongTryCountOnceOnAllNodes() {
    List<PlayedNode> nodes = nodes(3, FEW_TRIES);
    String network = "203.0.113.12";
    for (int i = 0; i < 60; i++) {
      assertThat(nodes.get(i % 3).wrong(SecretKind.claim_code, network, 1)).isEqualTo(ANSWERED);
    }
    for (int i = 2; i <= TRIES; i++) {
      assertThat(nodes.get(i % 3).guess(network)).isEqualTo(ANSWERED);
    }
    assertThat(nodes.get(0).guess(network)).isPresent();
  }

  @Test
  void narrowerOfNetworkAndSiteCounts() {
    PlayedNode node = new PlayedNode(buckets, FEW_TRIES);
    assertThat(answered(Stream.generate(() -> node.guess(inSite(3, 0))).limit(20)))
        .isEqualTo(TRIES);
    assertThat(node.guess(inSite(3, 0)))
        .as("the network waits for its own next try, although its site still has tries")
        .hasValueSatisfying(wait -> assertIsASecondLongerAtMost(wait, aDayFor(TRIES)));
    assertThat(answered(IntStream.range(1, 100).mapToObj(i -> node.guess(inSite(3, i)))))
        .isEqualTo(9L * TRIES);
    assertThat(node.guess(inSite(3, 100)))
        .as("a network with tries waits for the next try of its site")
        .hasValueSatisfying(wait -> assertIsASecondLongerAtMost(wait, aDayFor(10 * TRIES)));
  }

  private static Duration aDayFor(int tries) {
    return Duration.ofDays(1).dividedBy(tries);
  }

  private static void assertIsASecondLongerAtMost(Duration wait, Duration expected) {
    assertThat(wait).isBetween(expected, expected.plusSeconds(1));
  }
}
