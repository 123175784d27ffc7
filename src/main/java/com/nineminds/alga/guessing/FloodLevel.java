package com.nineminds.alga.guessing;

/** How much all networks together fail. The more they fail, the fewer tries each of them has. */
enum FloodLevel {
  /** People mistype. */
  none(0),
  /** Somebody guesses. Networks that fail often get fewer tries. */
  flood(1),
  /** Somebody guesses from very many networks. New networks get fewer tries too. */
  great_flood(2);

  private final int figure;

  FloodLevel(int figure) {
    this.figure = figure;
  }

  /** What the metric says. */
  int figure() {
    return figure;
  }
}
