package com.nineminds.alga.directory;

import java.util.List;

/**
 * A page of the list for clients of the service.
 *
 * @param next the last tenant of this page, after which the next page begins; null on the last page
 */
record ListPage(List<ListedTenant> tenants, Cursor next) {}
