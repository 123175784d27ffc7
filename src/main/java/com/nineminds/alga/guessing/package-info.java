/**
 * The limit on guessing codes, credentials and the service secret, which all nodes share. It costs
 * only those who fail: what succeeds is not delayed, unless its network is about to run out of
 * tries, or somebody guesses codes in masses.
 */
package com.nineminds.alga.guessing;
