/**
 * The refusals of the contract, one type per code, and the answers to errors. A module declares its
 * own refusals as subtypes of {@link com.nineminds.alga.http.problem.Problem}.
 */
package com.nineminds.alga.http.problem;
