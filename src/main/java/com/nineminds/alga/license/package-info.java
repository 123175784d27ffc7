/**
 * Licenses: their content, their signatures with ES256, and the public keys. The row of an
 * entitlement keeps its license.
 */
package com.nineminds.alga.license;
