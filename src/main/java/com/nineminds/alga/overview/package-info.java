/**
 * How things stand, in figures: what came in, what was installed, what went silent, what expires.
 * Reads only; owns no table.
 */
package com.nineminds.alga.overview;
