package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.registry.TenantId;

/**
 * What a machine says as it redeems a code.
 *
 * @param tenant what the machine takes itself for; counts only for a code that carries no tenant;
 *     may be null
 * @param expected refuses a code of any other tenant; may be null
 */
record RedeemRequest(ApplianceId id, TenantId tenant, TenantId expected) {}
