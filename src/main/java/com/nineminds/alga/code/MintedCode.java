package com.nineminds.alga.code;

import java.time.Instant;
import java.util.UUID;

/**
 * A code that is live, and can be shown.
 *
 * @param id of its row
 * @param expiresAt null until it is stored, since the database decides it
 */
public record MintedCode(UUID id, ClaimCode code, Instant expiresAt) {}
