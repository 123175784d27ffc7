package com.nineminds.alga.code;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/** A code that was issued, and its state. Only conditional SQL statements change it. */
@Entity
@Table(name = "claim_codes")
public class IssuedCode {

  /** The value of {@link #seen} for a tenant without a code. */
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

  /** Uses the clock of the database, so that all nodes agree. */
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

  /** The masked form of the code, as in {@code ****WXYZ}. */
  public String masked() {
    return ClaimCode.masked(codeLast4);
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  /** Null if the code was not redeemed. */
  public Instant consumedAt() {
    return consumedAt;
  }

  /** The id of the appliance that redeemed the code. Null if the code was not redeemed. */
  public String consumedBy() {
    return consumedBy;
  }

  /** Null if the code was not revoked. An unused code that a newer code replaced is revoked too. */
  public Instant revokedAt() {
    return revokedAt;
  }

  /**
   * When a newer code replaced the code, or its revoked subscription closed its retries. Null for
   * the newest code of its tenant.
   */
  public Instant supersededAt() {
    return supersededAt;
  }

  /** Whether no newer code superseded the code. */
  public boolean newest() {
    return supersededAt == null;
  }

  public boolean consumed() {
    return consumedAt != null;
  }

  /** Whether the code was expired when it was read. */
  public boolean expired() {
    return expired;
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  /** Whether the code is neither consumed nor revoked. It may be expired. */
  public boolean unused() {
    return !consumed() && !revoked();
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** The state of the code when it was read. */
  public CodeState state() {
    if (consumed()) {
      return CodeState.consumed;
    }
    if (revoked()) {
      // the statement that replaces an unused code also revokes it, with the same time
      return revokedAt.equals(supersededAt) ? CodeState.replaced : CodeState.revoked;
    }
    return expired ? CodeState.expired : CodeState.live;
  }

  /**
   * A text that identifies the newest code as a page showed it. The page sends the text back. The
   * text is different after a newer code was minted or this code was redeemed.
   */
  public String seen() {
    return id + (consumed() ? " consumed" : " not consumed");
  }
}
