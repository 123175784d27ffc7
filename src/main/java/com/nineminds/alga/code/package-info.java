/**
 * One-time install codes. A code is derived from the id of its row and is never stored in clear
 * text. A tenant has at most one live code. Owns table {@code claim_codes}.
 */
package com.nineminds.alga.code;
