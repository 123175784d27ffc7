package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that the provider did not give must cost the provider and the operators little. */
class ProviderFloodIT {

  private static final int A_SECOND = 20;
  private static final String PART = "A".repeat(43);

  @BeforeEach
  @AfterEach
  void behave() {
    ProviderStage.behave();
  }

  @Test
  void aMadeUpCookieAsksTheProviderNothing() {
    long before = asked();
    AtOnce.times(
        50,
        i -> {
          assertThat(junk(madeUp(), PART)).isEqualTo("/admin/sign-in?said=lost");
          return i;
        });
    assertThat(asked()).isEqualTo(before);
  }

  @Test
  void anOperatorSignsInDuringAFloodOfMadeUpAnswers() throws Exception {
    ProviderStage.provider().slow(Duration.ofSeconds(1));
    during(i -> junk(madeUp(), PART), this::assertSignsInWithinThreeTries);
  }

  /** Each sign-in begins at this node, in a network of the attacker, and then gets a false code. */
  @Test
  void anOperatorSignsInDuringAFloodOfBegunSignIns() throws Exception {
    ProviderStage.provider().slow(Duration.ofSeconds(1));
    during(i -> begunAndJunk("198.51.100.7"), this::assertSignsInWithinThreeTries);
  }

  @Test
  void aBrowserOfAnOperatorSignsInDuringAFloodFromManyNetworks() throws Exception {
    Console clara = ProviderStage.signedIn("clara");
    ProviderStage.provider().slow(Duration.ofSeconds(1));
    during(
        i -> begunAndJunk("198.51.100." + i % 250),
        () -> {
          clara.cookies().remove("alga_console");
          assertThat(end(clara)).isEqualTo("/admin/overview");
        });
  }

  @Test
  void aNetworkThatFailedThirtyTimesAsksNoMore() throws IOException {
    long before = asked();
    String[] ends =
        IntStream.range(0, 35).mapToObj(i -> begunAndJunk("198.51.100.9")).toArray(String[]::new);
    assertThat(asked() - before).isBetween(30L, 33L);
    assertThat(ends[34]).isEqualTo("/admin/sign-in?said=tries");
    assertThat(ends[0]).isEqualTo("/admin/sign-in?said=provider");
    assertThat(end(new Console(ProviderStage.node().base()))).isEqualTo("/admin/overview");
  }

  @Test
  void aSlowProviderKeepsNobodyElseWaiting() {
    Console[] consoles = new Console[150];
    URI[] begun = new URI[consoles.length];
    for (int i = 0; i < consoles.length; i++) {
      consoles[i] = new Console(ProviderStage.node().base());
      begun[i] = consoles[i].get("/admin/oidc").location();
    }
    ProviderStage.provider().slow(Duration.ofSeconds(3));
    long before = asked();
    long began = System.nanoTime();
    AtOnce.times(consoles.length, i -> junk(consoles[i], state(begun[i])));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    assertThat(asked() - before).isBetween(1L, 12L);
  }

  private void assertSignsInWithinThreeTries() throws IOException {
    String end = "";
    for (int i = 0; i < 3 && !end.equals("/admin/overview"); i++) {
      end = end(new Console(ProviderStage.node().base()).at("203.0.113.5"));
    }
    assertThat(end).isEqualTo("/admin/overview");
  }

  /** An action that may fail. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  private static void during(IntConsumer attack, Action meanwhile)
      throws IOException, InterruptedException {
    ExecutorService senders = Executors.newFixedThreadPool(100);
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    AtomicInteger sent = new AtomicInteger();
    try {
      ScheduledFuture<?> flood =
          clock.scheduleAtFixedRate(
              () -> {
                int i = sent.getAndIncrement();
                senders.execute(() -> attack.accept(i));
              },
              0,
              1_000_000 / A_SECOND,
              TimeUnit.MICROSECONDS);
      Await.until(Duration.ofSeconds(30), () -> sent.get() > 3 * A_SECOND, () -> "no flood");
      meanwhile.run();
      assertThat(flood.isDone()).isFalse();
    } finally {
      clock.shutdownNow();
      senders.shutdownNow();
      senders.awaitTermination(30, TimeUnit.SECONDS);
    }
  }

  private static String end(Console console) throws IOException {
    return ProviderStage.end(
        console, ProviderStage.signedInAtProvider(console, "/admin/overview", "clara"));
  }

  private static String begunAndJunk(String network) {
    Console console = new Console(ProviderStage.node().base()).at(network);
    return junk(console, state(console.get("/admin/oidc").location()));
  }

  private static Console madeUp() {
    Console console = new Console(ProviderStage.node().base());
    console.cookies().put("alga_console_begun", String.join(".", PART, PART, PART, "L2FkbWluLw"));
    return console;
  }

  private static String junk(Console console, String state) {
    return ProviderStage.end(
        console,
        URI.create(
            "/admin/callback?code=%s&iss=%s&state=%s"
                .formatted(Customer.unique(), ProviderStage.provider().issuer(), state)));
  }

  private static String state(URI authorization) {
    return authorization.getQuery().replaceFirst(".*state=([^&]*).*", "$1");
  }

  private static long asked() {
    return ProviderStage.provider().requests().stream().filter("POST /token"::equals).count();
  }
}
