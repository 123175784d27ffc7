/**
 * The directory of tenants: it searches tenants, and reads the details of each. It only reads, from
 * the tables of other modules. Services use it at {@code /tenants}, and operators use it in the
 * console.
 */
package com.nineminds.alga.directory;
