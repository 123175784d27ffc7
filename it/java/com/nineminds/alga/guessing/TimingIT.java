package com.nineminds.alga.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The time of an answer does not tell whether the code exists. The test compares no time with a
 * fixed number. It asks in random order on the same machine, and counts how often one kind of
 * answer takes longer than the other. If the two are alike, the share is about one half.
 */
class TimingIT {

  private static final int ROUNDS = 300;
  private static final int WARM_UP = 200;

  private int addresses;

  @Test
  void unknownMalformedAndSupersededCodesTakeTheSameTime() {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.put("TRUSTED_PROXY_HOPS", "1");
    try (Node node = Node.start("timing", settings)) {
      Api api = new Api(node.base());
      Customer customer = Customer.pro(api);
      api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
      List<Supplier<Answer>> kinds =
          List.of(
              () -> visitor(api).guess(),
              () -> visitor(api).redeem("0" + Visitor.randomCode().substring(1)),
              () -> visitor(api).redeem(customer.code()));
      List<List<Long>> nanos = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
      Random random = new Random(7);
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        Collections.shuffle(order, random);
        for (int kind : order) {
          long start = System.nanoTime();
          Answer answer = kinds.get(kind).get();
          long took = System.nanoTime() - start;
          assertThat(answer.status()).isIn(404, 409);
          if (round >= WARM_UP) {
            nanos.get(kind).add(took);
          }
        }
      }
      assertThat(longer(nanos.get(0), nanos.get(1))).isBetween(0.38, 0.62);
      assertThat(longer(nanos.get(0), nanos.get(2))).isBetween(0.38, 0.62);
      assertThat(longer(nanos.get(1), nanos.get(2))).isBetween(0.38, 0.62);
    }
  }

  /** The share of all pairs in which {@code one} took longer than {@code other}. */
  private static double longer(List<Long> one, List<Long> other) {
    long longer = one.stream().mapToLong(a -> other.stream().filter(b -> a > b).count()).sum();
    return longer / (double) (one.size() * other.size());
  }

  private Visitor visitor(Api api) {
    addresses++;
    return new Visitor(api, "198.18." + addresses / 250 + "." + addresses % 250);
  }
}
