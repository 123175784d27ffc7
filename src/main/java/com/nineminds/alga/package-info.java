/**
 * Alga License: the service that gives an on-prem appliance its identity.
 *
 * <p>One package per business noun or use case: {@code registry} (the tenants), {@code entitlement}
 * (their subscriptions), {@code code} (one-time install codes), {@code license} (signed licenses),
 * {@code download} (links to the ISO), {@code appliance} (installed machines), {@code redeem} and
 * {@code checkin} (the requests of appliances), {@code onboarding} (the requests of the
 * storefront), {@code directory} (lists and details of tenants), {@code overview} (figures), {@code
 * operator} (sign-in and sessions of operators), {@code console} (their pages), {@code guessing}
 * (limits on failed tries), {@code upkeep} (deleting old rows) and {@code audit} (the record of
 * changes). {@code http}, {@code db}, {@code config}, {@code batching} and {@code digest} know no
 * business word. A route is in the topmost module that it uses.
 *
 * <p>Start at {@link com.nineminds.alga.Startup} for the steps before the first request, and at
 * {@code redeem/RegisterResource} for the main request.
 */
package com.nineminds.alga;
