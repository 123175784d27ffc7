/**
 * Signing in with a password, and the limits on tries that fail; those hold at an OpenID provider
 * too.
 */
package com.nineminds.alga.operator.signin;
