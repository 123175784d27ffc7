/**
 * The subscriptions of paid tenants, by their Stripe id. A tenant has at most one active
 * subscription. Owns table {@code entitlements}.
 */
package com.nineminds.alga.entitlement;
