package com.nineminds.alga.directory;

import java.util.List;

/**
 * A page of the list for clients of the service.
 *
 * @param next where the page after it begins; null on the last
 */
record ListPage(List<ListedTenant> tenants, Cursor next) {}
