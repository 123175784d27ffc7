/**
 * The work that the service does without a request: it deletes rows that are no longer needed, on
 * one node at a time. Owns no table; each module deletes its own rows.
 */
package com.nineminds.alga.upkeep;
