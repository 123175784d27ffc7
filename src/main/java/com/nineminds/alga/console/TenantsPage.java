package com.nineminds.alga.console;

import com.nineminds.alga.directory.TenantQuery;
import com.nineminds.alga.directory.TenantSearch;
import com.nineminds.alga.directory.TenantSlice;
import com.nineminds.alga.directory.TenantSort;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The page {@code /admin/tenants}: the list that an operator searches, filters and sorts. */
@Named
@RequestScoped
public class TenantsPage {

  private static final String HERE = "/admin/tenants";

  @Inject TenantSearch search;
  @Inject HttpServletRequest request;

  private TenantQuery query;
  private TenantSlice slice;

  @PostConstruct
  void read() {
    query = TenantQuery.read(request::getParameter);
    slice = search.slice(query);
  }

  public TenantQuery getQuery() {
    return query;
  }

  public TenantSlice getSlice() {
    return slice;
  }

  /** The selected edition; null for all. */
  public Edition getEdition() {
    return query.filter().edition();
  }

  /** The selected status; null for all. */
  public TenantStatus getStatus() {
    return query.filter().status();
  }

  /** The selected product; null for all. */
  public ProductCode getProductCode() {
    return query.filter().productCode();
  }

  public List<Edition> getEditions() {
    return List.of(Edition.values());
  }

  public List<TenantStatus> getStatuses() {
    return List.of(TenantStatus.values());
  }

  public List<ProductCode> getProducts() {
    return List.of(ProductCode.values());
  }

  /** Whether the list is filtered, so that an empty list means that no tenant matches. */
  public boolean isFiltered() {
    return List.of("query", "edition", "status", "product_code").stream()
        .anyMatch(name -> !PageLink.value(request, name).isEmpty());
  }

  /**
   * The link that sorts by {@code one}, or by {@code other} if the list is sorted by {@code one}
   * already.
   */
  public String sortedBy(TenantSort one, TenantSort other) {
    return link(HERE).with("sort", query.sort() == one ? other : one).toString();
  }

  /**
   * The sort order of a column for a screen reader: {@code ascending}, {@code descending} or {@code
   * none}.
   */
  public String sortOf(TenantSort ascending, TenantSort descending) {
    return query.sort() == ascending
        ? "ascending"
        : query.sort() == descending ? "descending" : "none";
  }

  public String getPrevious() {
    return link(HERE).with("sort", query.sort()).with("place", slice.previous()).toString();
  }

  public String getNext() {
    return link(HERE).with("sort", query.sort()).with("place", slice.next()).toString();
  }

  /** The link to the whole list as a file. */
  public String getExport() {
    return link(HERE + ".csv").with("sort", query.sort()).toString();
  }

  private PageLink link(String page) {
    return new PageLink(page).as(request, "query", "edition", "status", "product_code");
  }
}
