package com.nineminds.alga.console;

import java.time.Instant;

/**
 * A code to be told to the customer now.
 *
 * @param downloadUrl empty where no object store is configured
 */
public record FreshCode(String code, Instant expiresAt, String downloadUrl) {

  /** In two halves, as it is read aloud; what is typed may have the space or not. */
  public String spaced() {
    int half = code.length() / 2;
    return code.substring(0, half) + " " + code.substring(half);
  }

  /** Never shows the code. */
  @Override
  public String toString() {
    return "a fresh code until " + expiresAt;
  }
}
