package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.license.License;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;

/**
 * What a machine becomes by a code.
 *
 * @param tenant null for a code without one
 * @param companyName null where nobody is known
 * @param contactEmail null for a tenant that the registry does not know
 * @param credential null for the free edition
 * @param license null for the free edition
 */
record Identity(
    TenantId tenant,
    Edition edition,
    String companyName,
    String contactEmail,
    Credential credential,
    License license) {}
