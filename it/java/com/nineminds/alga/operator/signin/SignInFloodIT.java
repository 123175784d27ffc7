package com.nineminds.alga.operator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A password hash occupies a core for a while. Strangers must not occupy all cores. */
@Tag("faults")
class SignInFloodIT {

  private static final int A_SECOND = 40;
  private static final Duration FLOOD = Duration.ofSeconds(20);

  @Test
  void fortySignInsASecondFromChangingNetworksSlowNoApplianceDown() throws InterruptedException {
    Map<String, String> settings = Stage.longLived(Stage.settings(Stage.freshDatabase()));
    settings.put("TRUSTED_PROXY_HOPS", "1");
    try (Node node = Node.start("sign-in-flood", settings)) {
      Api api = new Api(node.base());
      String credential = Customer.pro(api).redeem(api, "box").text("appliance_credential");
      checkIns(api, credential, Duration.ofSeconds(10)); // so that the code is compiled
      Console known = Console.signedIn(node.base(), "anna");
      Map<Integer, Integer> answers = new ConcurrentHashMap<>();
      List<Long> micros;
      Form form = new Console(node.base()).get(Console.SIGN_IN).form("#go");
      AtomicInteger sent = new AtomicInteger();
      ExecutorService senders = Executors.newFixedThreadPool(100);
      ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
      try {
        ScheduledFuture<?> flood =
            clock.scheduleAtFixedRate(
                () ->
                    senders.execute(
                        () -> {
                          int i = sent.incrementAndGet();
                          Page page =
                              new Console(node.base())
                                  .at("2001:db8:5:" + Integer.toHexString(i) + "::1")
                                  .send(form.with("name", "name-" + i, "password", "wrong"));
                          answers.merge(page.status(), 1, Integer::sum);
                        }),
                0,
                1_000_000 / A_SECOND,
                TimeUnit.MICROSECONDS);
        micros = checkIns(api, credential, FLOOD);
        assertThat(flood.isDone()).isFalse();
        assertThat(known.signIn("anna", Stage.operatorPassword("anna")).status()).isEqualTo(303);
      } finally {
        clock.shutdownNow();
        senders.shutdownNow();
      }
      Collections.sort(micros);
      long p99 = micros.get(micros.size() * 99 / 100);
      System.Logger log = System.getLogger(SignInFloodIT.class.getName());
      log.log(
          System.Logger.Level.INFO,
          "check-ins: {0}, p50 {1} us, p99 {2} us; sign-ins {3} of {4}",
          micros.size(),
          micros.get(micros.size() / 2),
          p99,
          answers,
          sent);
      assertThat(p99).as("%s", answers).isLessThan(Duration.ofSeconds(1).toNanos() / 1_000);
      assertThat(answers.keySet()).isSubsetOf(401, 429);
      assertThat(answers).containsKeys(401, 429);
    }
  }

  private static List<Long> checkIns(Api api, String credential, Duration time) {
    List<Long> micros = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      long begin = System.nanoTime();
      assertThat(api.appliance("/check-in", "appliance_credential", credential).status())
          .isEqualTo(200);
      micros.add((System.nanoTime() - begin) / 1_000);
    }
    return micros;
  }
}
