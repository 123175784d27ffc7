/**
 * What the integration tests stand on: real servers as processes of their own, a real PostgreSQL, a
 * real S3-compatible store, and a client that holds every answer against the OpenAPI document.
 */
package com.nineminds.alga.harness;
