/**
 * The limit on guessing codes, credentials and the service secret, which all nodes share. Only
 * failed tries count. A successful try is not delayed, unless its network is about to run out of
 * tries, or somebody guesses many codes.
 */
package com.nineminds.alga.guessing;
