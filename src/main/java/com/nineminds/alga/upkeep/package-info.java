/**
 * What the service does by itself, at no request: deleting what is of no use any more, on one node
 * at a time. Owns no table; each module deletes its own rows.
 */
package com.nineminds.alga.upkeep;
