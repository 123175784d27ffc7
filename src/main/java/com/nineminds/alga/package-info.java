/**
 * Alga License: the service that gives an on-prem appliance its identity.
 *
 * <p>One folder per business noun: {@code registry} (who the customer is), {@code entitlement}
 * (what was bought), {@code code} (one-time install codes), {@code license} (signed licenses),
 * {@code download} (the ISO), {@code appliance} (installed machines), {@code onboarding} (the
 * storefront's flows over them), {@code admin} (what operators see of tenants), {@code overview}
 * (how things stand), {@code operator} (who they are) and {@code console} (their pages). {@code
 * http}, {@code db} and {@code config} know no business word; {@code audit} names what is recorded.
 * A route lives in the topmost module that it touches.
 *
 * <p>Start at {@link com.nineminds.alga.Startup} for what happens before the first request, and at
 * {@code appliance/RegisterResource} for the main one.
 */
package com.nineminds.alga;
