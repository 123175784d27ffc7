package com.nineminds.alga.console;

import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Elsewhere;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;

/** Reads customers from the database, and plants data that would take too long to create. */
final class Records {

  private Records() {}

  /**
   * Plants that many free tenants, named {@code NAME 0001} and so on. Each registered a minute
   * before the next one.
   */
  static void tenants(String name, int count) {
    Stage.sql()
        .update(
            """
            INSERT INTO tenant_registry (tenant_id, edition, product_code, deployment_type,
                                         company_name, contact_email, registered_at)
            SELECT gen_random_uuid(), 'essentials', 'psa', 'appliance',
                   ? || ' ' || lpad(n::text, 4, '0'), 'it-' || n || '@planted.test',
                   now() - make_interval(mins => ? - n)
            FROM generate_series(1, ?) n
            """,
            name,
            count,
            count);
  }

  /** Plants one tenant with exactly that name. Returns its id. */
  static String tenant(String name, String edition, String product, String status) {
    UUID id = UUID.randomUUID();
    Stage.sql()
        .update(
            """
            INSERT INTO tenant_registry (tenant_id, edition, product_code, deployment_type,
                                         status, company_name, contact_email)
            VALUES (?, ?, ?, 'appliance', ?, ?, 'it@planted.test')
            """,
            id,
            edition,
            product,
            status,
            name);
    return id.toString();
  }

  static String company(Customer customer) {
    return of(customer, "SELECT company_name FROM tenant_registry WHERE tenant_id = ?");
  }

  static String status(Customer customer) {
    return of(customer, "SELECT status FROM tenant_registry WHERE tenant_id = ?");
  }

  /** Counts all codes that were ever minted for the customer. */
  static int codes(Customer customer) {
    return Integer.parseInt(
        of(customer, "SELECT count(*)::text FROM claim_codes WHERE tenant_id = ?"));
  }

  /** The newest entry of the customer's history: {@code EVENT by OPERATOR: SUBJECT}. */
  static String newestEntry(Customer customer) {
    return of(
        customer,
        """
        SELECT concat(event, ' by ', operator, ': ' || subject) FROM audit_log
        WHERE tenant_id = ? ORDER BY id DESC LIMIT 1
        """);
  }

  private static String of(Customer customer, String question) {
    return Stage.sql().one(String.class, question, UUID.fromString(customer.tenantId()));
  }

  /** The customer's appliances last checked in a week and a minute ago. */
  static void silence(Customer customer) {
    change(
        customer,
        """
        UPDATE appliances SET registered_at = now() - interval '9 days',
               last_checkin_at = now() - interval '7 days 1 minute'
        WHERE tenant_id = ?
        """);
  }

  /** An appliance checks in from two addresses in turn. */
  static void alternate(String credential) {
    for (String address : List.of("127.0.0.11", "127.0.0.12", "127.0.0.11")) {
      new Elsewhere(Stage.node().base(), address)
          .post("/check-in", "appliance_credential", credential);
    }
  }

  /** An appliance with a license of the customer sends an unknown credential. */
  static void refuse(Customer customer) {
    String sub = of(customer, "SELECT license_sub FROM entitlements WHERE tenant_id = ?");
    Stage.api()
        .appliance(
            "/check-in",
            "appliance_credential",
            "0123456789abcdef".repeat(4),
            "current_license_sub",
            sub);
  }

  /** The customer's live code expires in half an hour. */
  static void expireSoon(Customer customer) {
    change(
        customer,
        """
        UPDATE claim_codes SET expires_at = now() + interval '30 minutes'
        WHERE tenant_id = ? AND superseded_at IS NULL
        """);
  }

  /** The customer registered ten years ago. */
  static void registerLongAgo(Customer customer) {
    change(
        customer,
        """
        UPDATE tenant_registry SET registered_at = now() - interval '10 years'
        WHERE tenant_id = ?
        """);
  }

  /** Plants that many numbered entries of one kind in the customer's history. */
  static void history(Customer customer, String event, int count) {
    Stage.sql()
        .update(
            """
            INSERT INTO audit_log (actor, event, tenant_id, subject, request_id, address)
            SELECT 'service', ?, ?, 'nth-' || n, 'planted', '127.0.0.1'
            FROM generate_series(1, ?) n
            """,
            event,
            UUID.fromString(customer.tenantId()),
            count);
  }

  /** The customer's code expired a day ago. */
  static void expire(Customer customer) {
    change(
        customer,
        """
        UPDATE claim_codes SET expires_at = now() - interval '1 day'
        WHERE tenant_id = ? AND superseded_at IS NULL
        """);
  }

  private static void change(Customer customer, String statement) {
    if (Stage.sql().update(statement, UUID.fromString(customer.tenantId())) != 1) {
      throw new IllegalStateException("not one row: " + statement);
    }
  }
}
