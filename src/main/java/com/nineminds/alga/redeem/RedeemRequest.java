package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.registry.TenantId;

/**
 * A machine's request to redeem a code.
 *
 * @param tenant the tenant that the machine names; counts only for a code that has no tenant; may
 *     be null
 * @param expected a code of any other tenant is refused; null accepts every tenant
 */
record RedeemRequest(ApplianceId id, TenantId tenant, TenantId expected) {}
