/**
 * The sessions of operators who are signed in, and the cookies in their browsers. Owns table {@code
 * operator_sessions}.
 */
package com.nineminds.alga.operator.session;
