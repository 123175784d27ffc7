package com.nineminds.alga.onboarding;

import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;

/**
 * The result of a registration.
 *
 * @param anew false for a repeated request, even if a fresh code was minted for it; otherwise true
 * @param code the tenant's live code; null if it has none
 */
record Registered(
    boolean anew, TenantId tenant, Edition edition, TenantStatus status, MintedCode code) {}
