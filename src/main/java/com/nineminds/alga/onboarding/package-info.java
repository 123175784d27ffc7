/**
 * The storefront's flows over registry, entitlement, code and download: registering a tenant and
 * re-issuing its code. Owns table {@code idempotency_keys}.
 */
package com.nineminds.alga.onboarding;
