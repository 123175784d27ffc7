/**
 * Who changed what, on which tenant, when and in which request: table {@code audit_log}, written in
 * the transaction of what it records, append-only, never a secret.
 */
package com.nineminds.alga.audit;
