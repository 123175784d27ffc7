/**
 * One-time install codes: derived from their row's id, never stored in clear, at most one live code
 * for a tenant. Owns table {@code claim_codes}.
 */
package com.nineminds.alga.code;
