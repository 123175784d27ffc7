/**
 * Installed machines: redeeming a code, checking in, revoking. Owns table {@code appliances}. What
 * makes a redeem safe is in {@link com.nineminds.alga.appliance.Redemption}.
 */
package com.nineminds.alga.appliance;
