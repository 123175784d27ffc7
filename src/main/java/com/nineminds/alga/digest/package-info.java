/** Digests of texts, so that a text can be compared without being stored. */
package com.nineminds.alga.digest;
