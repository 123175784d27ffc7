package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.license.License;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;

/**
 * The identity that a machine gets when it redeems a code.
 *
 * @param tenant null for a code without a tenant
 * @param companyName null if no company is known
 * @param contactEmail null if the registry does not know the tenant
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
