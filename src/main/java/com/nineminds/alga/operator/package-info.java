/**
 * Who the operators are: signing in to the console, by a password or at an OpenID provider, and the
 * sessions of those who did. Owns table {@code operator_sessions}; knows nothing of tenants.
 */
package com.nineminds.alga.operator;
