package com.nineminds.alga.code;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/**
 * A code that was given out, and what became of it. Only statements change it, under conditions.
 */
@Entity
@Table(name = "claim_codes")
public class IssuedCode {

  /** What {@link #seen} is where there is no code. */
  public static final String NONE_SEEN = "none";

  @Id UUID id;

  @Column(name = "tenant_id")
  UUID tenantId;

  @Column(name = "code_hash")
  byte[] codeHash;

  @Column(name = "code_last4")
  String codeLast4;

  @Column(name = "expires_at")
  Instant expiresAt;

  /** By the database's clock, so that nodes cannot disagree. */
  @Formula("expires_at <= now()")
  boolean expired;

  @Column(name = "consumed_at")
  Instant consumedAt;

  @Column(name = "consumed_by")
  String consumedBy;

  @Column(name = "revoked_at")
  Instant revokedAt;

  @Column(name = "superseded_at")
  Instant supersededAt;

  @Column(name = "created_at")
  Instant createdAt;

  protected IssuedCode() {}

  boolean hasHash(byte[] hash) {
    return Arrays.equals(hash, codeHash);
  }

  public UUID id() {
    return id;
  }

  /** All that may be shown of it. */
  public String masked() {
    return ClaimCode.masked(codeLast4);
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  /** Null for one that was not redeemed. */
  public Instant consumedAt() {
    return consumedAt;
  }

  /** The id of the appliance that redeemed it; null for one that was not redeemed. */
  public String consumedBy() {
    return consumedBy;
  }

  /** Null for one that was not revoked. One that a newer code replaced unused is revoked too. */
  public Instant revokedAt() {
    return revokedAt;
  }

  /** When a newer code was minted; null for the newest of its tenant. */
  public Instant supersededAt() {
    return supersededAt;
  }

  /** Whether its tenant has no newer one. */
  public boolean newest() {
    return supersededAt == null;
  }

  public boolean consumed() {
    return consumedAt != null;
  }

  /** Whether it was expired when it was read. */
  public boolean expired() {
    return expired;
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  /** Neither consumed nor revoked. */
  public boolean unused() {
    return !consumed() && !revoked();
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** What became of it by the time that it was read. */
  public CodeState state() {
    if (consumed()) {
      return CodeState.consumed;
    }
    if (revoked()) {
      // what replaces a code revokes it at the same moment
      return revokedAt.equals(supersededAt) ? CodeState.replaced : CodeState.revoked;
    }
    return expired ? CodeState.expired : CodeState.live;
  }

  /**
   * What a page showed of the newest code, in a text that the page gives back: it is another one
   * once a newer code was minted or this one was used.
   */
  public String seen() {
    return id + (consumed() ? " consumed" : " not consumed");
  }
}
