/**
 * Checking in: {@code POST /check-in} refreshes the license of an appliance every day and detects
 * copies of its credential.
 */
package com.nineminds.alga.checkin;
