/**
 * Reading settings: environment variables, properties and files, by MicroProfile Config. Every
 * module declares its own in a {@code *Settings} record, which is read and checked before the
 * service starts.
 */
package com.nineminds.alga.config;
