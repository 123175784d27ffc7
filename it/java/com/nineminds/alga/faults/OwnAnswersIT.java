package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Other threads read slow bodies than fast ones. Every appliance still gets the answer to its own
 * request, even while other clients leave in the middle of their requests.
 */
class OwnAnswersIT {

  private static final int FAST = 8;
  private static final int SLOW = 24;
  private static final int GOING = 8;
  private static final int ROUNDS_OF_THE_SLOW = 12;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Api api = Stage.api();
  private final URI base = api.base();

  /** An installed appliance, and the tenant that its license must name. */
  private record Installed(String tenantId, String checkIn) {

    static Installed of(Api api) {
      Customer customer = Customer.pro(api);
      String credential =
          customer.redeem(api, "own-" + Customer.unique()).text("appliance_credential");
      return new Installed(
          customer.tenantId(), Api.object("appliance_credential", credential).toString());
    }

    void assertOwn(KeptAlive.Answer answer) {
      assertThat(answer.status()).isEqualTo(200);
      String claims = answer.text("jwt").split("\\.", -1)[1];
      assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
          .contains("\"aud\":\"" + tenantId + "\"");
    }
  }

  @Test
  void slowAndFastRequestsGetTheirOwnAnswers() throws Exception {
    List<Installed> appliances =
        IntStream.range(0, FAST + SLOW).mapToObj(i -> Installed.of(api)).toList();
    AtomicInteger slowOnes = new AtomicInteger(SLOW);
    AtomicInteger fastAnswers = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(FAST + SLOW + GOING);
    List<Future<?>> all = new ArrayList<>();
    for (Installed slow : appliances.subList(0, SLOW)) {
      all.add(threads.submit(() -> checkInSlowly(slow, slowOnes)));
    }
    for (Installed fast : appliances.subList(SLOW, SLOW + FAST)) {
      all.add(threads.submit(() -> checkInFast(fast, slowOnes, fastAnswers)));
    }
    for (int i = 0; i < GOING; i++) {
      all.add(threads.submit(() -> goAway(slowOnes)));
    }
    try {
      for (Future<?> one : all) {
        one.get(2, TimeUnit.MINUTES);
      }
    } finally {
      slowOnes.set(0);
      threads.shutdownNow();
    }
    assertThat(fastAnswers.get()).isGreaterThan(SLOW);
  }

  private void checkInSlowly(Installed appliance, AtomicInteger slowOnes) {
    try (KeptAlive connection = new KeptAlive(base)) {
      for (int i = 0; i < ROUNDS_OF_THE_SLOW; i++) {
        appliance.assertOwn(connection.postSlowly("/check-in", appliance.checkIn(), PAUSE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      slowOnes.decrementAndGet();
    }
  }

  private void checkInFast(Installed appliance, AtomicInteger slowOnes, AtomicInteger answers) {
    try (KeptAlive connection = new KeptAlive(base)) {
      while (slowOnes.get() > 0) {
        appliance.assertOwn(connection.post("/check-in", appliance.checkIn(), null));
        answers.incrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins requests, and ends each connection before the request is complete. */
  private void goAway(AtomicInteger slowOnes) {
    String begun =
        "POST /check-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{\"appliance";
    while (slowOnes.get() > 0) {
      try (Socket socket = new Socket(base.getHost(), base.getPort())) {
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        // waits until the server has noticed, so that the next connection needs no second place
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
