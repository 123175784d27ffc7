/**
 * The orderly stop of a node: it reports that it is not ready, serves requests for a while, and
 * ends.
 */
package com.nineminds.alga.http.drain;
