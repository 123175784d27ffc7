package com.nineminds.alga.onboarding;

import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;

/**
 * What came of a registration.
 *
 * @param anew whether something was created or minted by it; false for a repeat
 * @param code the tenant's live code; null when it has none
 */
record Registered(
    boolean anew, TenantId tenant, Edition edition, TenantStatus status, MintedCode code) {}
