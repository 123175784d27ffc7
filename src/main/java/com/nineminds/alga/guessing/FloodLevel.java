package com.nineminds.alga.guessing;

/** How often all networks together fail. At a higher level each network has fewer tries. */
enum FloodLevel {
  /** The normal state: people mistype codes. */
  none(0),
  /** Somebody guesses codes. Networks that fail often get fewer tries. */
  flood(1),
  /** Somebody guesses codes from very many networks. New networks get fewer tries too. */
  great_flood(2);

  private final int figure;

  FloodLevel(int figure) {
    this.figure = figure;
  }

  /** The value of the metric. */
  int figure() {
    return figure;
  }
}
