package com.nineminds.alga.operator.signin;

import com.nineminds.alga.db.RateBuckets;
import com.nineminds.alga.http.request.ClientNetwork;
import com.nineminds.alga.http.request.Requests;
import com.nineminds.alga.operator.session.ConsoleCookies;
import com.nineminds.alga.operator.session.ConsoleCookies.KnownBrowser;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The limit on failed sign-ins, shared by all nodes. After too many failures these must wait: a
 * network, an IPv6 site, a name at a network, and a name from anywhere. A browser that the operator
 * signed in with before has only a limit of its own, so that strangers cannot lock it out. A try is
 * taken before the password is checked, so that concurrent tries cannot exceed the limit. It is
 * given back if the password was right.
 */
@ApplicationScoped
public class SignInTries {

  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int LONGEST_NAME = 200;
  private static final int OF_A_BROWSER = 10;
  private static final int OF_A_NETWORK = 30;
  private static final int OF_A_SITE = 300;
  private static final int OF_A_NAME_AT_A_NETWORK = 10;
  private static final int OF_A_NAME = 100;

  @Inject RateBuckets buckets;
  @Inject Requests requests;
  @Inject ConsoleCookies cookies;

  private final HashingQueue ofKnownBrowsers = new HashingQueue();
  private final HashingQueue ofStrangers = new HashingQueue();

  /**
   * An attempt to sign in.
   *
   * @param name empty at a provider, because the provider itself limits tries by name
   * @param browser present if the operator with that name (at a provider: any operator) signed in
   *     with it before
   */
  public record Attempt(ClientNetwork client, String name, Optional<KnownBrowser> browser) {}

  /** The attempt to sign in with a name and a password. */
  public Attempt of(HttpServletRequest request, String name) {
    return new Attempt(
        requests.client(request),
        name,
        cookies.known(request).filter(browser -> browser.operator().equals(name)));
  }

  /** The attempt to sign in at the provider. */
  public Attempt of(HttpServletRequest request) {
    return new Attempt(requests.client(request), "", cookies.known(request));
  }

  /**
   * Runs the work, which hashes a password, in the attempt's turn on this node. Returns false,
   * without running it, if the turn does not come soon. Strangers and known browsers wait in
   * separate queues.
   */
  boolean inTurn(Attempt attempt, Runnable work) {
    HashingQueue queue = attempt.browser().isPresent() ? ofKnownBrowsers : ofStrangers;
    return queue.run(attempt.client(), work);
  }

  /** Takes a try. Returns how long to wait if there is none; empty if one was taken. */
  public Optional<Duration> take(Attempt attempt) {
    buckets.dropFull();
    for (Bucket bucket : limits(attempt)) {
      ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
      if (!probe.isConsumed()) {
        return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
      }
    }
    return Optional.empty();
  }

  /** Gives the try back, because the attempt succeeded. */
  public void giveBack(Attempt attempt) {
    limits(attempt).forEach(bucket -> bucket.addTokens(1));
  }

  /**
   * The limit of the name comes last, so that a try that another limit refuses does not use it up.
   */
  private List<Bucket> limits(Attempt attempt) {
    if (attempt.browser().isPresent()) {
      return List.of(bucket("at browser " + attempt.browser().get().id(), OF_A_BROWSER));
    }
    ClientNetwork client = attempt.client();
    List<Bucket> limits = new ArrayList<>();
    limits.add(bucket("from " + client.network(), OF_A_NETWORK));
    client.site().ifPresent(site -> limits.add(bucket("from " + site, OF_A_SITE)));
    if (!attempt.name().isEmpty()) {
      String name = attempt.name().substring(0, Math.min(attempt.name().length(), LONGEST_NAME));
      String place = client.site().orElse(client.network());
      limits.add(bucket("from " + place + " as " + name, OF_A_NAME_AT_A_NETWORK));
      limits.add(bucket("as " + name, OF_A_NAME));
    }
    return limits;
  }

  private Bucket bucket(String whose, int tries) {
    return buckets.of(
        "sign-in " + whose,
        BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, WINDOW))
            .build());
  }
}
