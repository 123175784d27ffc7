/**
 * Reads settings from environment variables, properties and files, by MicroProfile Config. Each
 * module declares its own settings in a {@code *Settings} record. They are read and checked before
 * the service starts.
 */
package com.nineminds.alga.config;
