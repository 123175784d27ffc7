/**
 * Installed machines, their credentials, and how they are revoked. Owns table {@code appliances};
 * the packages for redeeming and for checking in write to it too.
 */
package com.nineminds.alga.appliance;
