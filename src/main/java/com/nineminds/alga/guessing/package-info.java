/**
 * The limit on guessing codes and credentials, which all nodes share. It costs only those who fail:
 * what succeeds is not delayed, unless its network is about to run out of tries.
 */
package com.nineminds.alga.guessing;
