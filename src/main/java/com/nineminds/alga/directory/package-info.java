/**
 * The directory of tenants: searching them, and reading what is known of each. It only reads, from
 * the tables of other modules. Services reach it at {@code /tenants}, operators by the console.
 */
package com.nineminds.alga.directory;
