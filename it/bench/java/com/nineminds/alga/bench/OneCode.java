package com.nineminds.alga.bench;

import com.nineminds.alga.bench.Phase.Request;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.KeptAlive.Answer;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** A race: 64 appliances redeem one code at the same moment. */
final class OneCode {

  private static final int HERD = 64;

  private OneCode() {}

  /**
   * The result of a race.
   *
   * @param winners appliances that redeemed the code
   * @param refused appliances with the answer that the code was used
   */
  record Race(int winners, int refused, double millis) {

    boolean isRight() {
      return winners == 1 && refused == HERD - 1;
    }
  }

  static Race race(Subject subject) throws IOException {
    String unique = "herd-" + UUID.randomUUID();
    String code;
    try (KeptAlive storefront = new KeptAlive(subject.base())) {
      code =
          storefront
              .post("/register-tenant", Phases.order("pro", unique), subject.secret())
              .text("install_code");
    }
    AtomicInteger number = new AtomicInteger();
    AtomicInteger winners = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    long[] start = {0};
    CyclicBarrier together = new CyclicBarrier(HERD, () -> start[0] = System.nanoTime());
    Workers.run(
        HERD,
        () -> {
          try (KeptAlive appliance = new KeptAlive(subject.base())) {
            appliance.get("/health/live", null); // opens the connection
            Request request = Phases.redeem(code, unique + "-" + number.incrementAndGet());
            together.await();
            Answer answer = appliance.post(request.path(), request.json(), null);
            if (answer.status() == 200) {
              winners.incrementAndGet();
            } else if (answer.status() == 409) {
              refused.incrementAndGet();
            }
          }
          return null;
        });
    return new Race(winners.get(), refused.get(), (System.nanoTime() - start[0]) / 1e6);
  }
}
