/**
 * The base of the integration tests: real servers as separate processes, a real PostgreSQL, a real
 * S3-compatible store, and a client that checks every answer against the OpenAPI document.
 */
package com.nineminds.alga.harness;
