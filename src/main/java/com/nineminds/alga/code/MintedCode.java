package com.nineminds.alga.code;

import java.time.Instant;
import java.util.UUID;

/**
 * A code whose text is known, so that it can be shown.
 *
 * @param id the id of its row
 * @param expiresAt null until the code is stored, because the database sets it
 */
public record MintedCode(UUID id, ClaimCode code, Instant expiresAt) {}
