package com.nineminds.alga.directory;

import java.util.List;

/**
 * A page of the console's list.
 *
 * @param previous the place of the previous page; null on the first page
 * @param next the place of the next page; null on the last page
 */
public record TenantSlice(List<ListedTenant> rows, String previous, String next) {}
