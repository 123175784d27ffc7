package com.nineminds.alga.directory;

/**
 * The orders of the console's list. Each order is the order of an index. Tenants with equal values
 * are ordered by their ids. The address of a page contains the name of the constant.
 */
public enum TenantSort {
  newest,
  oldest,
  company,
  company_desc;

  /** The same order backwards. */
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
}
