/**
 * What a node does with its database before its first request: it waits for the database, migrates
 * it, proves that the app role can do what requests need, and tells the driver of the server where
 * the database is.
 */
package com.nineminds.alga.db.start;
