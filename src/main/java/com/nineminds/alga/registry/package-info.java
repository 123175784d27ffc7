/**
 * The customers: one tenant per installation. Tenants are created here and never deleted. Owns
 * table {@code tenant_registry}.
 */
package com.nineminds.alga.registry;
