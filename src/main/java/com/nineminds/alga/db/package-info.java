/**
 * Access to PostgreSQL: its address, SQL statements, transactions, the migrations at start, the
 * readiness check. This package contains no business logic.
 */
package com.nineminds.alga.db;
