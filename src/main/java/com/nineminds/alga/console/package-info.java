/**
 * The operators' pages under {@code /admin/}: a bean beside each page of {@code
 * src/main/webapp/admin}. They show what the other modules read and do what those allow; no rule
 * lives here.
 */
package com.nineminds.alga.console;
