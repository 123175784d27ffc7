/**
 * The request at hand: its id, its client's address, its log line and its metrics; and limits on
 * how much one network can do at the same time.
 */
package com.nineminds.alga.http.request;
