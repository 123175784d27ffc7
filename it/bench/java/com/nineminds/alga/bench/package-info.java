/**
 * The benchmark, which is a program and not a test. It starts the service as in production, on a
 * PostgreSQL with fsync. It measures the service by itself, in comparison with its own SQL, with a
 * million tenants, and when all appliances return at once.
 */
package com.nineminds.alga.bench;
