/**
 * The current request: its id, the address of its client, its log line and its metrics. Also limits
 * on how much one network can do at the same time.
 */
package com.nineminds.alga.http.request;
