package com.nineminds.alga.directory;

/** The orders of the console's list, each that of an index. Spelled as in a page's address. */
public enum TenantSort {
  newest("registered_at", true),
  oldest("registered_at", false),
  company("lower(company_name) COLLATE \"C\"", false),
  company_desc("lower(company_name) COLLATE \"C\"", true);

  private final String key;
  private final boolean descending;

  TenantSort(String key, boolean descending) {
    this.key = key;
    this.descending = descending;
  }

  /** The SQL expression that sorts; the tenant's id decides between equals. */
  String key() {
    return key;
  }

  /** The other way round. */
  TenantSort reversed() {
    return switch (this) {
      case newest -> oldest;
      case oldest -> newest;
      case company -> company_desc;
      case company_desc -> company;
    };
  }

  boolean byCompany() {
    return this == company || this == company_desc;
  }

  /** An ORDER BY, without the words, where {@link #key} is selected as {@code place}. */
  String order() {
    String direction = descending ? " DESC" : "";
    return "place" + direction + ", tenant_id" + direction;
  }

  /** The condition that lets through what comes after a row, given its key and tenant id in SQL. */
  String after(String keyOfRow, String tenantId) {
    return "(%s, tenant_id) %s (%s, %s)".formatted(key, descending ? "<" : ">", keyOfRow, tenantId);
  }
}
