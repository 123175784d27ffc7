/**
 * Licenses: what they say, signing them with ES256, and publishing the public keys. The license
 * that an entitlement holds is kept in its row.
 */
package com.nineminds.alga.license;
