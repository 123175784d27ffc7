package com.nineminds.alga.directory;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.registry.TenantStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The one statement behind every list of tenants: it reads a page with all that a list shows. */
final class TenantSelect {

  private static final String SHOWN =
      """
      SELECT t.tenant_id, t.company_name, t.contact_email, t.edition, t.product_code, t.status,
             t.registered_at, t.installed_at, e.stripe_sub_id, e.tier, e.seats, e.active,
             a.last_checkin_at, a.appliance_count, a.connected,
             coalesce(c.state, 'none') AS install_code_state
      FROM (%s) t
      LEFT JOIN LATERAL (
        SELECT stripe_sub_id, tier, seats, active FROM entitlements
        WHERE tenant_id = t.tenant_id ORDER BY active DESC, created_at DESC LIMIT 1) e ON true
      LEFT JOIN LATERAL (
        SELECT max(last_checkin_at) AS last_checkin_at, count(*) AS appliance_count,
               coalesce(bool_or(revoked_at IS NULL
                 AND last_checkin_at > now() - interval '48 hours'), false) AS connected
        FROM appliances WHERE scope_id = t.tenant_id) a ON true
      LEFT JOIN LATERAL (
        SELECT CASE WHEN consumed_at IS NOT NULL THEN 'consumed'
                    WHEN revoked_at IS NOT NULL THEN 'revoked'
                    WHEN expires_at <= now() THEN 'expired'
                    ELSE 'live' END AS state
        FROM claim_codes WHERE tenant_id = t.tenant_id AND superseded_at IS NULL LIMIT 1) c ON true
      ORDER BY %s
      """;

  private static final String IN_ORDER =
      "SELECT *, %4$s AS place FROM tenant_registry WHERE %1$s AND %2$s AND %3$s"
          + " ORDER BY %5$s LIMIT :limit";

  /**
   * What many tenants have is soon found along the order of the list; what few have, by an index of
   * its own. Which it is, statistics cannot tell of a text, nor of filters that depend on each
   * other, and a wrong guess reads the whole table in the order of an index: seconds. So the next
   * rows are looked at first, and then, if they are not enough, the other indexes are asked. OFFSET
   * 0 keeps the order out of that plan, LATERAL parallel workers, and the sub-selects of {@code
   * search} the text itself.
   */
  private static final String AHEAD_FIRST =
      """
      WITH near AS MATERIALIZED (
        SELECT * FROM (
          SELECT *, %4$s AS place FROM tenant_registry WHERE %1$s
          ORDER BY %5$s LIMIT %6$d * :limit) ahead
        WHERE %2$s AND %3$s ORDER BY %5$s LIMIT :limit),
      seen AS MATERIALIZED (SELECT count(*) AS n FROM near)
      SELECT near.* FROM seen, near WHERE n = :limit
      UNION ALL (
        SELECT found.* FROM seen, LATERAL (
          SELECT *, %4$s AS place FROM tenant_registry
          WHERE n < :limit AND %1$s AND %2$s AND %3$s OFFSET 0) found
        ORDER BY %5$s LIMIT :limit)
      """;

  /** Rows in the order of registration lie side by side; by name, each is in a block of its own. */
  private static final int AHEAD = 100;

  private static final int AHEAD_BY_COMPANY = 50;

  private static final String SHUT_OUT = "shut_out";

  private final TenantSort sort;

  /** Those that the index of the order can serve, and the others. */
  private final List<String> ordered = new ArrayList<>();

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();

  /** {@code true} where no text is searched. */
  private String search = "true";

  private boolean looksAhead;

  TenantSelect(TenantFilter filter, TenantSort sort) {
    this.sort = sort;
    TenantStatus status = filter.status();
    boolean isCommon = status != null && status.isOpen();
    filter(SHUT_OUT, isCommon ? null : status);
    filter("edition", filter.edition());
    filter("product_code", filter.productCode());
    filter("deployment_type", filter.deploymentType());
    if (isCommon) {
      conditions.add("status = :status");
      values.put("status", status);
    }
  }

  /**
   * Each of these columns has an index in the order of registration, and the first one another in
   * that of the companies' names; but only one is used.
   */
  private void filter(String column, Enum<?> value) {
    if (value != null) {
      boolean isOrdered = ordered.isEmpty() && (!sort.byCompany() || column.equals(SHUT_OUT));
      looksAhead = !values.isEmpty();
      (isOrdered ? ordered : conditions).add(column + " = :" + column);
      values.put(column, value);
    }
  }

  /** Only the rows after one of which the key and the tenant's id are given. */
  void after(Object key, UUID tenantId) {
    ordered.add(sort.after(":after_key", ":after_id"));
    values.put("after_key", key);
    values.put("after_id", tenantId);
  }

  /** Only the rows after that tenant, wherever it is by now. */
  void after(UUID tenantId) {
    String key = "(SELECT %s FROM tenant_registry WHERE tenant_id = :after_id)";
    ordered.add(sort.after(key.formatted(sort.key()), ":after_id"));
    values.put("after_id", tenantId);
  }

  /** Only these. */
  void among(UUID... tenantIds) {
    looksAhead = false;
    conditions.add("tenant_id = ANY (:among)");
    values.put("among", tenantIds);
  }

  /** Only where the company or the e-mail has the text, and {@code others}. */
  void containing(SearchText text, UUID... others) {
    looksAhead = true;
    search =
        "(lower(company_name) LIKE (SELECT CAST(:search AS text))"
            + " OR lower(contact_email) LIKE (SELECT CAST(:search AS text))"
            + (others.length == 0 ? ")" : " OR tenant_id = ANY (:others))");
    values.put("search", text.anywhere());
    if (others.length > 0) {
      values.put("others", others);
    }
  }

  /** The same where no index can find the text: row after row in the order of the list. */
  void containingAnything(SearchText text) {
    conditions.add("(lower(company_name) LIKE :search OR lower(contact_email) LIKE :search)");
    values.put("search", text.anywhere());
  }

  /** Only where the company begins with the text. */
  void beginning(SearchText text) {
    String range =
        "%1$s >= (SELECT CAST(:search AS text)) AND %1$s < (SELECT CAST(:beyond AS text))"
            .formatted(TenantSort.company.key());
    if (sort.byCompany()) {
      ordered.add(range);
    } else {
      looksAhead = true;
      search = range;
    }
    values.put("search", text.lower());
    values.put("beyond", SearchText.beyond(text.lower()));
  }

  /** At most that many. */
  List<ListedTenant> rows(Database database, int limit) {
    String rows =
        (looksAhead ? AHEAD_FIRST : IN_ORDER)
            .formatted(
                and(ordered),
                and(conditions),
                search,
                sort.key(),
                sort.order(),
                sort.byCompany() ? AHEAD_BY_COMPANY : AHEAD);
    SqlCall call =
        database.queryPlannedForItsValues(SHOWN.formatted(rows, sort.order())).with("limit", limit);
    values.forEach(call::with);
    return call.rows(ListedTenant::of);
  }

  private static String and(List<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }
}
