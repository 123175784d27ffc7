package com.nineminds.alga.console;

import java.time.Instant;

/**
 * A new code, to be told to the customer now.
 *
 * @param downloadUrl empty if no object store is configured
 * @param downloadUntil when the download link expires
 */
public record FreshCode(String code, Instant expiresAt, String downloadUrl, Instant downloadUntil) {

  /** Never shows the code. */
  @Override
  public String toString() {
    return "a fresh code until " + expiresAt;
  }
}
