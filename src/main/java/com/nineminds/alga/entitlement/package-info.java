/**
 * What a paid tenant bought, keyed by its Stripe subscription; a tenant has at most one that is
 * active. Owns table {@code entitlements}.
 */
package com.nineminds.alga.entitlement;
