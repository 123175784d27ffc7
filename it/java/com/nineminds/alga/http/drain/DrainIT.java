package com.nineminds.alga.http.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SIGTERM drains a node step by step. */
class DrainIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void nodeIsNotReadyThenServesThenFinishesWhatIsInFlightThenEnds() throws IOException {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.put("DRAIN_SECONDS", "5");
    Node node = Node.start("drained", settings);
    Api api = new Api(node.base());
    Customer customer = Customer.pro(api);
    String body =
        Api.object("claim_code", customer.code(), "appliance_id", "slow-sender").toString();
    try (Socket slow = new Socket("localhost", node.base().getPort())) {
      OutputStream out = slow.getOutputStream();
      out.write(
          "POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(body.length())
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body.substring(0, 10).getBytes(StandardCharsets.US_ASCII));
      out.flush();

      node.terminate();
      Await.until(PATIENCE, () -> node.healthStatus("ready") == 503, () -> "is ready");
      assertThat(node.healthStatus("live")).isEqualTo(200);
      Answer answer = api.get("/tenants/" + customer.tenantId());
      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.header("Connection")).contains("close");
      assertThat(new Console(node.base()).get(Console.SIGN_IN).header("Connection"))
          .contains("close");

      Await.until(PATIENCE, () -> node.healthStatus("live") == 0, () -> "still takes requests");
      assertThat(node.process().isAlive()).isTrue();
      out.write(body.substring(10).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ")
          .contains(customer.tenantId());
    }
    assertThat(node.awaitExit()).as("ended by SIGTERM").isEqualTo(143);
  }

  @Test
  void secondSignalDoesNotWait() {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.put("DRAIN_SECONDS", "300");
    Node node = Node.start("drained-at-once", settings);
    node.terminate();
    Await.until(PATIENCE, () -> node.healthStatus("ready") == 503, () -> "is ready");
    assertThat(node.process().isAlive()).isTrue();
    node.terminate();
    assertThat(node.awaitExit()).isEqualTo(143);
  }
}
