/** What operators see of tenants. Reads only. */
package com.nineminds.alga.admin;
