package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Any number of slow or idle clients never block the service for other clients. */
class SlowSendersIT {

  private static final String HEAD = "POST /register HTTP/1.1\r\nHost: x\r\n";
  private static final String CHECK_IN = HEAD.replace("/register", "/check-in");
  private static final String JSON = "Content-Type: application/json\r\n";

  /** The time limit for one honest customer, on a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Longer than the time limit for a body. */
  private static final Duration UNTIL_CUT = Duration.ofSeconds(60);

  private static Node node;
  private static URI base;
  private static Api api;

  @BeforeAll
  static void start() {
    node = Node.start("slow", Stage.settings(Stage.freshDatabase()));
    base = node.base();
    api = new Api(base);
    Customer.pro(api).redeem(api, "warm");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void slowBodiesSlowHeadersAndIdleConnectionsHoldNobodyUp() {
    String sized = HEAD + JSON + "Content-Length: 60000\r\n\r\n{";
    String chunked = CHECK_IN + JSON + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";
    try (SlowSenders idle = new SlowSenders(base, 1_000, "", "");
        SlowSenders headers = new SlowSenders(base, 500, HEAD + "X-Slow: ", "x");
        SlowSenders bodies = new SlowSenders(base, 75, sized, " ");
        SlowSenders chunks = new SlowSenders(base, 75, chunked, "1\r\n \r\n");
        SlowSenders ignored =
            new SlowSenders(
                base,
                100,
                "GET /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "1\r\n \r\n")) {
      int served = serveWhile(() -> bodies.waiting() + chunks.waiting() > 0);
      assertThat(served).isPositive();
      assertThat(bodies.answers()).contains("HTTP/1.1 408");
      assertThat(bodies.answers()).isSubsetOf("HTTP/1.1 408", "HTTP/1.1 503", "closed");
      assertThat(chunks.answers()).contains("HTTP/1.1 503").isSubsetOf("HTTP/1.1 503", "closed");
      assertThat(headers.waiting()).isEqualTo(500);
      assertThat(idle.answers()).isSubsetOf("waiting", "closed");
      assertThat(ignored.answers()).doesNotContain("waiting");
    }
    assertServes();
  }

  @Test
  void completeBodiesAreServedWhileMoreAreSlowThanThereArePlaces() throws IOException {
    String credential =
        Customer.pro(api).redeem(api, "prompt-" + Customer.unique()).text("appliance_credential");
    String checkIn = Api.object("appliance_credential", credential).toString();
    String begun = CHECK_IN + JSON + "Content-Length: 60\r\n\r\n{";
    try (SlowSenders dripping = new SlowSenders(base, 220, begun, " ");
        KeptAlive appliance = new KeptAlive(base)) {
      for (int i = 0; i < 20; i++) {
        assertThat(appliance.post("/check-in", checkIn, null).status()).isEqualTo(200);
      }
      assertThat(dripping.waiting()).isPositive();
      assertThat(dripping.answers()).contains("HTTP/1.1 503").doesNotContain("HTTP/1.1 408");
    }
  }

  @Test
  void slowBodyWithoutAPlaceIsToldWhenToComeBack() {
    String begun = HEAD + JSON + "Content-Length: 60\r\n\r\n{";
    try (SlowSenders dripping = new SlowSenders(base, 220, begun, " ")) {
      Await.until(
          SOON,
          () -> dripping.answers().contains("HTTP/1.1 503"),
          () -> "none is refused: " + dripping.answers());
      Answer refused = api.appliance("/check-in", "appliance_credential", "x".repeat(10_000));
      assertThat(refused.outcome()).isEqualTo("503 busy");
      assertThat(refused.header("Retry-After")).contains("5");
    }
  }

  @Test
  void slowFormsHoldNobodyUpAndOperatorsSignInAfterwards() {
    String form =
        "POST /admin/sign-in HTTP/1.1\r\nHost: x\r\nOrigin: "
            + base
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n";
    try (SlowSenders forms = new SlowSenders(base, 200, form, "a")) {
      serveWhile(() -> forms.waiting() > 16);
      assertThat(forms.answers()).contains("HTTP/1.1 429");
    }
    assertThat(Console.signedIn(base, "anna").cookies()).containsKey("alga_console");
  }

  @Test
  void bodiesThatStopBeforeTheirLastByteFillNoMemory() {
    String body = HEAD + JSON + "Content-Length: 60001\r\n\r\n{\"a\":\"" + "x".repeat(59_994);
    try (SlowSenders stopped = new SlowSenders(base, 150, body, "")) {
      serveWhile(() -> stopped.waiting() > 0);
      assertThat(stopped.answers()).contains("HTTP/1.1 408");
      assertThat(stopped.answers()).isSubsetOf("HTTP/1.1 408", "HTTP/1.1 503", "closed");
    }
    assertServes();
    assertThat(node.console()).doesNotContain("OutOfMemory");
  }

  /** Serves customers during the attack, and at least once. Returns their number. */
  private static int serveWhile(BooleanSupplier underAttack) {
    int[] served = {0};
    Await.until(
        UNTIL_CUT,
        () -> {
          assertServes();
          served[0]++;
          return !underAttack.getAsBoolean();
        },
        () -> "they still wait");
    return served[0];
  }

  private static void assertServes() {
    long begin = System.nanoTime();
    Customer customer = Customer.pro(api);
    assertThat(customer.redeem(api, "box").outcome()).isEqualTo("200");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
  }
}
