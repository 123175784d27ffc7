package com.nineminds.alga.guessing;

import com.nineminds.alga.guessing.Budgets.Budget;
import com.nineminds.alga.http.request.ClientNetwork;
import com.nineminds.alga.http.request.CurrentRequest;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The limit on guessing. Each network has a budget of failed tries, and each IPv6 site has the
 * budget of ten networks. All nodes share the budgets. A try is normally paid for after it failed,
 * so a successful try costs nothing. It is paid for first, and given back if it succeeds, when this
 * node cannot rely on what it remembers. This is so when few tries are left, during a flood for
 * networks that it does not know, and after it had to forget some.
 */
@ApplicationScoped
public class FailedTries {

  @Inject Budgets budgets;
  @Inject Repeats repeats;
  @Inject RecentInstalls installs;
  @Inject Flood flood;
  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;

  /**
   * Makes an attempt, which has its own transaction. If it throws a {@link WrongGuess}, the attempt
   * counts against the network of the request. Throws {@link RateLimited} if that network has no
   * try left: before an attempt at a code, and after a wrong attempt at anything else. Also throws
   * it if a try that is known to be wrong is repeated too often: again, before an attempt at a code
   * only. A credential that was wrong may be right again, after a restore of the database.
   *
   * @param hash of the tried secret, at least 16 bytes; it identifies the try and does not reveal
   *     the secret
   */
  public <T> T counted(SecretKind what, byte[] hash, Supplier<T> attempt) {
    Try one = new Try(what, HexFormat.of().formatHex(hash, 0, 16));
    one.begin();
    try {
      T result = attempt.get();
      one.succeeded();
      return result;
    } catch (RuntimeException e) {
      if (e instanceof WrongGuess wrong) {
        one.failed(wrong.countsOnceIn());
      } else {
        one.giveBack();
      }
      throw e;
    }
  }

  /**
   * Counts a wrong secret against the network of the request. Throws {@link RateLimited} if that
   * network has no try left.
   */
  public void wrong(SecretKind what) {
    new Try(what, "").charge();
  }

  /** One try of a network at a secret. */
  private final class Try {

    private final SecretKind what;
    private final String hash;
    private final ClientNetwork client;
    private final FloodLevel level;
    private final Budget ofNetwork;
    private final Optional<Budget> ofSite;
    private final String wrong;
    private final boolean isRepeat;
    private final List<Runnable> toGiveBack = new ArrayList<>();

    private Try(SecretKind what, String hash) {
      this.what = what;
      this.hash = hash;
      client = ClientNetwork.of(current.address());
      level = what == SecretKind.claim_code ? flood.level() : FloodLevel.none;
      ofNetwork = budgets.ofNetwork(what, level, client);
      ofSite = budgets.ofSite(what, level, client);
      wrong = what + " " + hash + " from " + client.network();
      isRepeat = repeats.isKnown(wrong);
    }

    private void begin() {
      if (!what.isShort()) {
        return;
      }
      if (isRepeat) {
        refuseRepeat();
      } else {
        ofNetwork.delay().ifPresent(this::refuse);
        ofSite
            .flatMap(Budget::delay)
            .or(() -> isToBePaidFirst() ? pay() : Optional.empty())
            .ifPresent(this::tryBeyondBudget);
      }
    }

    private void refuseRepeat() {
      knownDelay().ifPresent(this::refuse);
      repeats.take(what + " from " + client.network()).ifPresent(this::refuse);
    }

    private boolean isToBePaidFirst() {
      return all().anyMatch(budget -> budget.isToBePaidFirst(level != FloodLevel.none));
    }

    /** All budgets, the site's first because the site refuses many networks. */
    private Stream<Budget> all() {
      return Stream.concat(ofSite.stream(), Stream.of(ofNetwork));
    }

    /** How long this node knows that there is no try; empty if there may be one. */
    private Optional<Duration> knownDelay() {
      return all().flatMap(budget -> budget.delay().stream()).max(Duration::compareTo);
    }

    /** Takes a try from each budget. If one has none, returns how long to wait and takes no try. */
    private Optional<Duration> pay() {
      for (Budget budget : all().toList()) {
        Optional<Duration> delay = budget.take();
        if (delay.isPresent()) {
          giveBack();
          return delay;
        }
        toGiveBack.add(budget::giveBack);
      }
      return Optional.empty();
    }

    private void giveBack() {
      toGiveBack.forEach(Runnable::run);
      toGiveBack.clear();
    }

    private void tryBeyondBudget(Duration delay) {
      Duration rest = delay;
      Optional<Bucket> beyond = installs.beyondBudget(client.network(), delay, level);
      if (beyond.isPresent()) {
        ConsumptionProbe probe = beyond.get().tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
          toGiveBack.add(() -> beyond.get().addTokens(1));
          ofNetwork.refuse(Duration.ZERO);
          return;
        }
        Duration next = Duration.ofNanos(probe.getNanosToWaitForRefill());
        rest = next.compareTo(delay) < 0 ? next : delay;
      }
      ofNetwork.refuse(rest);
      refuse(rest);
    }

    private void refuse(Duration delay) {
      metrics.counter("alga_failed_tries_refused", new Tag("what", what.name())).inc();
      throw new RateLimited(what, delay);
    }

    private void succeeded() {
      giveBack();
      if (what == SecretKind.claim_code) {
        installs.redeemed(client.network(), hash);
        if (ofNetwork.isKnown()) {
          installs.write(client.network());
        }
      }
    }

    private void failed(Duration countsOnceIn) {
      if (isRepeat) {
        if (!what.isShort()) {
          refuseRepeat();
        }
        return;
      }
      repeats.remember(wrong);
      if (!what.isShort()) {
        knownDelay().ifPresent(this::refuse);
      }
      if (!repeats.counts(wrong, countsOnceIn)) {
        giveBack();
      } else if (what.isShort()) {
        if (toGiveBack.isEmpty()) {
          all().forEach(Budget::owe);
        }
        count();
        flood.count();
        installs.write(client.network());
      } else {
        charge();
      }
    }

    /** Takes a try for a wrong secret, or refuses the request. */
    private void charge() {
      knownDelay().or(this::pay).ifPresent(this::refuse);
      count();
    }

    private void count() {
      metrics.counter("alga_failed_tries", new Tag("what", what.name())).inc();
    }
  }
}
