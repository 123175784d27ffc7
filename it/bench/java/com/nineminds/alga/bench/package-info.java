/**
 * The benchmark: a program of its own, no test. It starts the service as it runs in production, on
 * a PostgreSQL with fsync, and says how fast it is: by itself, against its own SQL without anything
 * around it, with a million tenants, and when all appliances come back at once.
 */
package com.nineminds.alga.bench;
