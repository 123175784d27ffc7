/** The orderly stop of a node: it announces that it is not ready, serves for a while, and ends. */
package com.nineminds.alga.http.drain;
