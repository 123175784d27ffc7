/**
 * The audit log: who changed what, on which tenant, when and in which request. An entry is written
 * in the transaction of the change. Table {@code audit_log} is append-only and never contains a
 * secret.
 */
package com.nineminds.alga.audit;
