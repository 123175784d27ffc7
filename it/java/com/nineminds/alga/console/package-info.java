/**
 * The operator console as an operator works with it: a real browser, the real server, the real
 * database, one class for each of the console's tasks.
 */
package com.nineminds.alga.console;
