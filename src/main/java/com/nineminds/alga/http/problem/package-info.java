/**
 * Refusals of the contract, one type per code, and how each error becomes an answer. A module
 * declares its own refusals as subtypes of {@link com.nineminds.alga.http.problem.Problem}.
 */
package com.nineminds.alga.http.problem;
