/**
 * The common parts of all HTTP routes: the service secret, the JSON of answers, {@code no-store}.
 * The packages below it identify requests, receive bodies, answer problems and stop a node. None of
 * them knows a business word.
 */
package com.nineminds.alga.http;
