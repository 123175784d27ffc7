/**
 * Who the customers are: one tenant per installation, minted here and never deleted. Owns table
 * {@code tenant_registry}.
 */
package com.nineminds.alga.registry;
