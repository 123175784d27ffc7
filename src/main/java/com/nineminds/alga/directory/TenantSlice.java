package com.nineminds.alga.directory;

import java.util.List;

/**
 * A page of the console's list.
 *
 * @param previous the place of the page before; null on the first
 * @param next the place of the page after; null on the last
 */
public record TenantSlice(List<ListedTenant> rows, String previous, String next) {}
