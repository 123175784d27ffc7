/**
 * The flows of the storefront: registering a tenant and re-issuing its code. They combine the
 * packages registry, entitlement, code and download. Owns table {@code idempotency_keys}.
 */
package com.nineminds.alga.onboarding;
