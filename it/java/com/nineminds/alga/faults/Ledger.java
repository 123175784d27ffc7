package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * What the clients of a test were told, by whichever node, and what was promised to them and not
 * kept. {@link Drivers} fill it.
 */
public final class Ledger {

  private final String name = "ledger-" + Customer.unique();
  private final Queue<Life> lives = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong lastAcknowledged = new AtomicLong();
  private final AtomicLong longestSilence = new AtomicLong();

  /**
   * How much was asked and told so far.
   *
   * @param acknowledged requests that were answered with anything but a failure of the server
   * @param retried those requests among all that repeat one which was not answered
   * @param overtaken credentials that an earlier try of their own request replaced
   * @param longestSilence the longest time between two answers, of all clients together
   */
  public record Figures(
      int customers,
      long requests,
      long acknowledged,
      long retried,
      long overtaken,
      Duration longestSilence) {}

  public Figures figures() {
    return new Figures(
        lives.size(),
        requests.get(),
        acknowledged.get(),
        retried.get(),
        lives.stream().mapToLong(life -> life.account().overtaken().size()).sum(),
        Duration.ofNanos(longestSilence.get()));
  }

  /** The promises that were broken so far. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Fails unless all that was told is so, by the API and in the database. First every request that
   * was not answered is sent again, which must lead to the end that it was meant to have. The
   * drivers have stopped.
   *
   * @param database a connection that may read every table
   */
  public void check(Api api, Connection database) {
    new Books(this, api, database).check();
    if (!violations.isEmpty()) {
      throw new AssertionError(
          violations.size()
              + " promises were broken, "
              + figures()
              + "\n"
              + violations.stream().limit(50).collect(Collectors.joining("\n")));
    }
  }

  /** Something that no other ledger has: its customers' e-mails begin so. */
  String name() {
    return name;
  }

  Collection<Life> lives() {
    return lives;
  }

  void open(Life life) {
    lives.add(life);
  }

  /** Counts a request; gives its id. */
  String sent(boolean again) {
    if (again) {
      retried.incrementAndGet();
    }
    return name + "." + requests.incrementAndGet();
  }

  void acknowledged() {
    acknowledged.incrementAndGet();
    long now = System.nanoTime();
    long before = lastAcknowledged.getAndSet(now);
    if (before != 0) {
      longestSilence.accumulateAndGet(now - before, Math::max);
    }
  }

  /** The value, which must not have been told to anybody before. */
  String once(String kind, String value) {
    if (!told.add(kind + " " + value)) {
      violation(kind + " told twice: " + value);
    }
    return value;
  }

  void violation(String what) {
    violations.add(what);
  }
}
