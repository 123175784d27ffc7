/**
 * The way to PostgreSQL: how to reach it, the migrations at start, the readiness check. Knows no
 * business word.
 */
package com.nineminds.alga.db;
