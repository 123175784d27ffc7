package com.nineminds.alga.overview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nineminds.alga.db.Database;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The figures of the console's first page. Some figures need a scan of all appliances or tenants.
 * An index on the time of the last check-in, or on the status, would make each check-in or install
 * write every index of its table. So each node takes the figures from time to time, and shows them
 * until it takes them again.
 */
@ApplicationScoped
public class Overview {

  private static final int MAX_ZONES = 100;
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);

  @Inject Database database;
  @Inject Clock clock;

  private Cache<ZoneId, Snapshot> snapshots;

  private record Snapshot(Figures figures, Duration kept) {}

  @PostConstruct
  void start() {
    snapshots =
        Caffeine.newBuilder()
            .maximumSize(MAX_ZONES)
            .expireAfter(Expiry.<ZoneId, Snapshot>creating((zone, snapshot) -> snapshot.kept()))
            .build();
  }

  /**
   * The figures, at most a minute old, with the days of the given zone. A caller waits while they
   * are taken.
   */
  public Figures figures(ZoneId zone) {
    return snapshots.get(zone, this::take).figures();
  }

  private Snapshot take(ZoneId zone) {
    long start = System.nanoTime();
    Figures figures = new Census(database, clock.instant(), zone).take();
    return new Snapshot(figures, kept(Duration.ofNanos(System.nanoTime() - start)));
  }

  /**
   * How long figures are shown: 100 times as long as they took, but within {@link #LEAST} and
   * {@link #MOST}. So the database spends about a hundredth of its time on them.
   */
  static Duration kept(Duration took) {
    Duration kept = took.multipliedBy(100);
    if (kept.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return kept.compareTo(MOST) > 0 ? MOST : kept;
  }
}
