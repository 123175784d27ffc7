package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.registry.TenantId;

/**
 * A machine's request to redeem a code.
 *
 * @param tenant the tenant that the machine names; may be null. It becomes the tenant of a code
 *     that has none. A code of another tenant is refused if the registry knows the named one.
 * @param expected a code of any other tenant is refused; null accepts every tenant
 */
record RedeemRequest(ApplianceId id, TenantId tenant, TenantId expected) {}
