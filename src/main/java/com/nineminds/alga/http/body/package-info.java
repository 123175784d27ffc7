/**
 * Receives request bodies and reads JSON strictly. It bounds the time, the memory and the threads
 * that slow or long bodies can take.
 */
package com.nineminds.alga.http.body;
