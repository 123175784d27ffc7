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
 * The limit on sign-ins that fail, of all nodes together: a network, an IPv6 site, a name at a
 * network and a name from wherever have to wait after too many. A browser that the operator signed
 * in with before has a limit of its own and none of these, so that strangers cannot lock it out. A
 * try is taken before the password is looked at, so that many at once cannot pass, and given back
 * when it was right.
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
   * Somebody who tries to sign in.
   *
   * @param name empty at a provider, which limits tries by name itself
   * @param browser when the operator of that name, or at a provider any, signed in with it before
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
   * Runs what hashes a password, when it is this attempt's turn on this node; false, and nothing
   * done, when that does not come soon. Strangers and known browsers do not wait for each other.
   */
  boolean inTurn(Attempt attempt, Runnable work) {
    HashingQueue queue = attempt.browser().isPresent() ? ofKnownBrowsers : ofStrangers;
    return queue.run(attempt.client(), work);
  }

  /** Takes a try; where there is none left, says how long to wait for one. */
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

  /** The attempt succeeded. */
  public void giveBack(Attempt attempt) {
    limits(attempt).forEach(bucket -> bucket.addTokens(1));
  }

  /** The name's own limit comes last: a try that another limit refuses does not use it up. */
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
