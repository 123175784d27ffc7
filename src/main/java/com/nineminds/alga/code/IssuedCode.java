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

  /** All that may be shown of it. */
  public String masked() {
    return ClaimCode.masked(codeLast4);
  }

  public Instant expiresAt() {
    return expiresAt;
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
}
