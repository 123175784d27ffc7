/**
 * The operators' pages under {@code /admin/}, one bean for each page of {@code
 * src/main/webapp/admin}. They show what other modules read, and call what other modules do. They
 * contain no business rule.
 */
package com.nineminds.alga.console;
