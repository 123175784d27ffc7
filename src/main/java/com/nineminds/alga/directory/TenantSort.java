package com.nineminds.alga.directory;

/**
 * The orders of the console's list. Each one is the order of an index. The tenant's id decides
 * between equals. A page's address has the same words.
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
