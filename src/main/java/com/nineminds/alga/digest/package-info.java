/** Digests of texts that are kept or compared without being stored. */
package com.nineminds.alga.digest;
