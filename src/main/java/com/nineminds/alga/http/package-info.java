/**
 * What every HTTP route has in common: the service secret, the JSON of answers, {@code no-store}.
 * The packages below it identify requests, receive bodies, answer problems and stop a node. None of
 * them knows a business word.
 */
package com.nineminds.alga.http;
