/**
 * The sign-in with a password, and the limits on failed tries. The limits also hold at an OpenID
 * provider.
 */
package com.nineminds.alga.operator.signin;
