/**
 * The settings that say who may use the console. The packages below it sign operators in by a
 * password or at an OpenID provider, keep their sessions, and guard the pages. They know nothing of
 * tenants.
 */
package com.nineminds.alga.operator;
