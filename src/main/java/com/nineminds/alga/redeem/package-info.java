/**
 * Redeeming a code: {@code POST /register} turns it into the identity of an appliance. What makes a
 * redeem safe is in {@link com.nineminds.alga.redeem.Redemption}.
 */
package com.nineminds.alga.redeem;
