package com.nineminds.alga.http.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A limited number of places for work that a client can make slow. One IPv4 network or one IPv6
 * site gets only a part of them, so that it cannot take them all.
 */
public final class Places {

  private final int all;
  private final int ofOneNetwork;
  private final Map<String, Integer> takenBy = new HashMap<>();
  private int taken;

  /** A place that is taken until it is closed. Closing it twice is harmless. */
  public final class Place implements AutoCloseable {

    private String holder;

    private Place(String holder) {
      this.holder = holder;
    }

    @Override
    public void close() {
      synchronized (Places.this) {
        if (holder != null) {
          takenBy.computeIfPresent(holder, (key, count) -> count == 1 ? null : count - 1);
          taken--;
          holder = null;
        }
      }
    }
  }

  /**
   * Creates free places.
   *
   * @param all the number of places
   * @param ofOneNetwork how many of them one network (IPv4) or one site (IPv6) can hold at once
   */
  public Places(int all, int ofOneNetwork) {
    this.all = all;
    this.ofOneNetwork = ofOneNetwork;
  }

  /** Takes a place without waiting; empty if none is free for this client. */
  public synchronized Optional<Place> take(ClientNetwork client) {
    String holder = client.site().orElse(client.network());
    if (taken >= all || takenBy.getOrDefault(holder, 0) >= ofOneNetwork) {
      return Optional.empty();
    }
    takenBy.merge(holder, 1, Integer::sum);
    taken++;
    return Optional.of(new Place(holder));
  }
}
