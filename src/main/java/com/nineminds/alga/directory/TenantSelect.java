package com.nineminds.alga.directory;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.registry.TenantStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The conditions of a list of tenants, and the choice between two statements. One statement reads
 * along the index of the order. The other statement looks ahead in this index, and then uses the
 * indexes of the conditions.
 */
final class TenantSelect {

  private static final Sql IN_ORDER = Sql.file(TenantSelect.class, "list_tenants_in_order");
  private static final Sql AHEAD_FIRST = Sql.file(TenantSelect.class, "list_tenants_ahead_first");

  /**
   * How many pages of rows the statement looks ahead. Rows in the order of registration lie side by
   * side. In the order of names, each row is in a block of its own.
   */
  private static final int AHEAD = 100;

  private static final int AHEAD_BY_COMPANY = 50;

  private static final String SHUT_OUT = "shut_out";

  private final TenantSort sort;
  private final Map<String, Object> values = new HashMap<>();

  /** The column whose index also has the order of the list. Only one such index can be used. */
  private String along = "none";

  private boolean filtered;
  private boolean selectsNobody;
  private boolean looksAhead;

  TenantSelect(TenantFilter filter, TenantSort sort) {
    this.sort = sort;
    for (String condition : List.of("among", "containing", "owners", "short_text", "beginning")) {
      values.put(condition, null);
    }
    values.put("after_id", null);
    values.put("after_registered_at", null);
    TenantStatus status = filter.status();
    boolean isCommon = status != null && status.isOpen();
    filter(SHUT_OUT, isCommon ? null : status);
    filter("edition", filter.edition());
    filter("product_code", filter.productCode());
    filter("deployment_type", filter.deploymentType());
    values.put("status", isCommon ? status : null);
  }

  /**
   * Each of these columns has an index in the order of registration. The first one has another
   * index in the order of names.
   */
  private void filter(String column, Enum<?> value) {
    values.put(column, value);
    if (value != null) {
      if (!filtered && (!sort.byCompany() || column.equals(SHUT_OUT))) {
        along = column;
      }
      looksAhead = filtered;
      filtered = true;
    }
  }

  /** Selects only the rows after the cursor. */
  void after(Cursor cursor) {
    values.put("after_id", cursor.tenantId());
    values.put("after_registered_at", cursor.registeredAt());
  }

  /** Selects only these tenants. */
  void among(UUID... tenantIds) {
    looksAhead = false;
    selectsNobody = tenantIds.length == 0;
    values.put("among", tenantIds);
  }

  /**
   * Selects only tenants whose company or e-mail contains the text, and the tenants {@code owners}.
   */
  void containing(SearchText text, UUID... owners) {
    looksAhead = true;
    values.put("containing", text.anywhere());
    values.put("owners", owners.length == 0 ? null : owners);
  }

  /**
   * Selects only tenants whose company or e-mail contains a text that no index can find. Every row
   * is read in the order of the list.
   */
  void containingShort(SearchText text) {
    values.put("short_text", text.anywhere());
  }

  /** Selects only tenants whose company begins with the text. */
  void beginning(SearchText text) {
    looksAhead |= !sort.byCompany();
    values.put("beginning", text.typed());
  }

  /** Reads at most {@code limit} tenants. */
  List<ListedTenant> rows(Database database, int limit) {
    if (selectsNobody) {
      return List.of();
    }
    SqlCall call = database.query(looksAhead ? AHEAD_FIRST : IN_ORDER);
    values.forEach(call::with);
    call.with("sort", sort).with("limit", limit);
    if (looksAhead) {
      int pages = sort.byCompany() ? AHEAD_BY_COMPANY : AHEAD;
      call.with("along", along).with("ahead", pages * limit);
    }
    return call.rows(ListedTenant::of);
  }
}
