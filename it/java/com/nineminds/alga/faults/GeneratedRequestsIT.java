package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.OpenApiDocument;
import com.nineminds.alga.harness.Stage;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Sends random requests from the document. No answer is a failure of the service, and the document
 * has each one. {@code -Dalga.faults.inputs} sets the number, and {@code -Dalga.faults.seed}
 * repeats a run.
 */
class GeneratedRequestsIT {

  private static final int CLIENTS = 4;
  private static final int INPUTS = Integer.getInteger("alga.faults.inputs", 10_000);
  private static final long SEED = Long.getLong("alga.faults.seed", System.nanoTime());

  private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
  private final Seen seen = new Seen();
  private final AtomicInteger next = new AtomicInteger();

  @Test
  void noInputIsAFailureOfOursAndEveryAnswerIsInTheDocument() {
    System.out.println("generated requests: " + INPUTS + ", seed " + SEED);
    try (Node node = Node.start("generated", Stage.settings(Stage.freshDatabase()))) {
      AtOnce.times(CLIENTS, client -> send(node));
      System.out.println("answers by status: " + new TreeMap<>(statuses));
      assertThat(statuses).containsKeys(200, 201, 400, 401, 404, 409);
      Api api = new Api(node.base());
      assertThat(Customer.pro(api).redeem(api, "box").outcome()).isEqualTo("200");
      assertThat(node.console()).doesNotContain("unexpected error");
    }
  }

  private int send(Node node) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    int sent = 0;
    for (int i = next.getAndIncrement(); i < INPUTS; i = next.getAndIncrement()) {
      GeneratedRequest request = GeneratedRequest.of(new Random(SEED + i), seen);
      try {
        Answer answer = new Answer(http.send(request.to(node.base()), BodyHandlers.ofString()));
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        OpenApiDocument.check(request.method(), request.path(), answer);
        statuses.computeIfAbsent(answer.status(), any -> new AtomicInteger()).incrementAndGet();
        seen.note(answer);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + SEED + ", input " + i + ": " + request + "\n" + e, e);
      }
      sent++;
    }
    return sent;
  }
}
