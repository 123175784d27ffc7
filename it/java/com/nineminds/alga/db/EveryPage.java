package com.nineminds.alga.db;

import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.console.AppliancesPage;
import com.nineminds.alga.console.TenantQuestion.Verb;
import com.nineminds.alga.directory.TenantSort;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Opens every page of the console with all kinds of parameters, and does all its actions. */
final class EveryPage {

  /** Texts that are searched in different ways: none, an id, codes, a name, its beginning. */
  private static final List<String> QUERIES =
      List.of(
          "",
          "query=" + UUID.randomUUID(),
          "query=****2345",
          "query=2345",
          "query=free",
          "query=fr");

  /** Each single filter uses another index. Several filters together use another statement. */
  private static final List<String> FILTERS =
      List.of(
          "",
          "edition=essentials",
          "status=registered",
          "product_code=psa",
          "status=registered&edition=essentials&product_code=psa");

  private final Api api;
  private final Sql sql;
  private final Console anna;
  private final Set<String> opened = new TreeSet<>();

  EveryPage(URI base, Sql sql) {
    this.api = new Api(base);
    this.sql = sql;
    this.anna = Console.signedIn(base, "anna");
  }

  /** The opened pages. Each name is the part of the address after {@code /admin/}. */
  Set<String> opened() {
    return opened;
  }

  void open() {
    new Console(api.base()).signIn("anna", "wrong");
    opened.add("sign-in");
    Customer customer = lists("UTC");
    get("activity");
    get("activity?before=9");
    for (AuditEvent event : AuditEvent.values()) {
      get("activity?event=" + event);
    }
    get("tenant?id=" + customer.tenantId() + "&before=9");
    for (Verb verb : Verb.values()) {
      carryOut(verb);
    }
    anna.send(get("overview").form("form[action$=sign-out] button"));
    get("signed-out");
  }

  /**
   * Opens the pages whose statements are planned for their values.
   *
   * @param zone a time zone, for which the node keeps figures for a while
   */
  Customer lists(String zone) {
    anna.cookies().put("alga_zone", zone);
    Customer customer = Customer.pro(api);
    customer.redeem(api, "box");
    lists(customer);
    get("overview");
    for (AppliancesPage.Show show : AppliancesPage.Show.values()) {
      get("appliances?show=" + show);
    }
    return customer;
  }

  private void lists(Customer customer) {
    for (String query : QUERIES) {
      for (TenantSort sort : TenantSort.values()) {
        String list = "tenants?" + query + "&sort=" + sort;
        get(list);
        get(list + "&status=registered");
        get(list + "&status=registered&place=after-" + customer.tenantId());
        get(list + "&place=before-" + customer.tenantId());
      }
      for (String filter : FILTERS) {
        get("tenants?" + query + "&" + filter);
      }
    }
    get("tenants?status=suspended&sort=company");
    get("tenants.csv?query=free");
  }

  private void carryOut(Verb verb) {
    Customer customer = Customer.pro(api);
    String here = "tenant?id=" + customer.tenantId() + "&do=";
    String question =
        switch (verb) {
          case reissue, suspend, cancel -> here + verb;
          case revoke_code -> here + verb + "&target=" + codeOf(customer);
          case revoke_appliance -> {
            customer.redeem(api, "box");
            yield here + verb + "&target=box";
          }
          case resume -> {
            anna.send(get(here + Verb.suspend).form("#confirm"));
            yield here + verb;
          }
        };
    Console.Form form = get(question).form("#confirm");
    anna.send(form);
    anna.send(form); // a repeated action reads more from the database
  }

  private UUID codeOf(Customer customer) {
    return sql.one(
        UUID.class,
        "SELECT id FROM claim_codes WHERE tenant_id = ?",
        UUID.fromString(customer.tenantId()));
  }

  private Console.Page get(String page) {
    Console.Page answer = anna.get("/admin/" + page);
    if (answer.status() != 200) {
      throw new AssertionError(page + ": " + answer);
    }
    opened.add(page.replaceFirst("\\?.*", ""));
    return answer;
  }
}
