/**
 * A person's browser, for the tests of the operator console: the machine's Chromium, driven by
 * Playwright. It keeps what a good page never causes (errors, violations of its policy, requests to
 * others) and knows the rules of accessible pages.
 */
package com.nineminds.alga.browser;
