/**
 * Redeeming a code: {@code POST /register} turns a code into the identity of an appliance. {@link
 * com.nineminds.alga.redeem.Redemption} explains why a redeem is safe.
 */
package com.nineminds.alga.redeem;
