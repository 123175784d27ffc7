/**
 * The sessions of operators who are signed in, and the cookies that their browsers keep. Owns table
 * {@code operator_sessions}.
 */
package com.nineminds.alga.operator.session;
