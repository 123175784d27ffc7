/**
 * Installed machines, their credentials, and how they are revoked. Owns table {@code appliances}.
 * The packages for redeeming and for checking in write to this table too.
 */
package com.nineminds.alga.appliance;
