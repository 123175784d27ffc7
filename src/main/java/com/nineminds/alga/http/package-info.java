/**
 * The web edge: reading a JSON body strictly, answering problems, the service secret, request ids,
 * the request log and its metrics. Knows no business word.
 */
package com.nineminds.alga.http;
