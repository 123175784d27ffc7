/**
 * Tests of the operator console with a real browser, the real server and the real database. Each
 * class tests one task of an operator.
 */
package com.nineminds.alga.console;
