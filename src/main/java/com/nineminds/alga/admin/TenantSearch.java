package com.nineminds.alga.admin;

import com.nineminds.alga.admin.TenantsResource.Item;
import com.nineminds.alga.admin.TenantsResource.Page;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Database.Statement;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of tenants with all that the list shows, in one statement that reads only that page. */
@ApplicationScoped
class TenantSearch {

  private static final String PAGE =
      """
      SELECT t.tenant_id, t.company_name, t.contact_email, t.edition, t.product_code, t.status,
             t.registered_at, t.installed_at, e.stripe_sub_id, e.tier, e.seats, e.active,
             a.last_checkin_at, a.appliance_count, a.connected,
             coalesce(c.state, 'none') AS install_code_state
      FROM (SELECT * FROM tenant_registry %s
            ORDER BY registered_at DESC, tenant_id DESC LIMIT :limit) t
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
        FROM claim_codes WHERE tenant_id = t.tenant_id AND superseded_at IS NULL) c ON true
      ORDER BY t.registered_at DESC, t.tenant_id DESC
      """;

  @Inject Database database;

  Page page(TenantFilter filter) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    add(conditions, values, "edition = :edition", "edition", filter.edition());
    add(conditions, values, "product_code = :product", "product", filter.productCode());
    add(conditions, values, "status = :status", "status", filter.status());
    add(conditions, values, "deployment_type = :type", "type", filter.deploymentType());
    if (filter.query() != null) {
      addQuery(conditions, values, filter.query());
    }
    if (filter.after() != null) {
      conditions.add("(registered_at, tenant_id) < (:registered_at, :tenant_id)");
      values.put("registered_at", filter.after().registeredAt());
      values.put("tenant_id", filter.after().tenantId());
    }
    String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    Statement statement =
        database.statement(PAGE.formatted(where)).with("limit", filter.limit() + 1);
    values.forEach(statement::with);
    List<Item> found = statement.rows(Item::of);
    if (found.size() <= filter.limit()) {
      return new Page(found, null);
    }
    List<Item> items = found.subList(0, filter.limit());
    Item last = items.get(items.size() - 1);
    return new Page(items, new Cursor(last.registeredAt(), last.tenantId()).text());
  }

  private static void add(
      List<String> conditions, Map<String, Object> values, String sql, String name, Object value) {
    if (value != null) {
      conditions.add(sql);
      values.put(name, value);
    }
  }

  private static void addQuery(List<String> conditions, Map<String, Object> values, String query) {
    try {
      values.put("query", TenantId.parse(query).value());
      conditions.add("tenant_id = :query");
    } catch (IllegalArgumentException e) {
      String pattern = query.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1");
      values.put("query", "%" + pattern + "%");
      conditions.add("(lower(company_name) LIKE :query OR lower(contact_email) LIKE :query)");
    }
  }
}
