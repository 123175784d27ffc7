/**
 * The browser of a person, for the tests of the operator console. It is the Chromium of this
 * machine, driven by Playwright. It records what a good page never causes: errors, violations of
 * its policy, and requests to other servers. It also checks the rules of accessible pages.
 */
package com.nineminds.alga.browser;
