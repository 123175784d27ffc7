/** Time-limited links to the appliance's ISO in an object store, where one is configured. */
package com.nineminds.alga.download;
