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
 * The answers of all nodes to the clients of a test, and the promises that the service broke.
 * {@link Drivers} fill it.
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
   * The number of requests and answers so far.
   *
   * @param acknowledged requests with an answer that is no failure of the server
   * @param retried those requests that repeat a try without an answer
   * @param overtaken credentials that an earlier try of their own request replaced
   * @param longestSilence longest time between two answers, over all clients
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

  /** The broken promises so far. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Fails unless the API and the database agree with all answers. It first sends every unanswered
   * request again, which must reach its intended end. The drivers must have stopped.
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

  /** A name that no other ledger has. The e-mails of its customers begin with it. */
  String name() {
    return name;
  }

  Collection<Life> lives() {
    return lives;
  }

  void open(Life life) {
    lives.add(life);
  }

  /** Counts a request, and returns its id. */
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

  /** Returns the value. No earlier answer may have had it. */
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
