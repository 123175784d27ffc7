package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import java.util.List;
import java.util.function.Supplier;

/** Every route that writes. Each one gives a new request, which was not sent yet. */
enum Work {
  register_tenant {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      String unique = Customer.unique();
      return () ->
          api.service(
              "/register-tenant",
              "company_name",
              "New " + unique,
              "contact_email",
              "it-" + unique + "@pro.test",
              "edition",
              "pro",
              "stripe_sub_id",
              "sub_" + unique);
    }
  },
  register {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      return () -> customer.redeem(api, "host");
    }
  },
  check_in {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      String credential = customer.redeem(api, "host").text("appliance_credential");
      return () -> api.appliance("/check-in", "appliance_credential", credential);
    }
  },
  reissue {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      return () -> api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
    }
  },
  claim_codes {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      return () -> api.service("/claim-codes", "stripe_sub_id", customer.stripeSubId());
    }
  },
  sign {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      return () ->
          api.service(
              "/sign",
              "stripe_sub_id",
              customer.stripeSubId(),
              "customer",
              "Anybody",
              "tier",
              "pro",
              "transport",
              "connected",
              "seats",
              26);
    }
  },
  revoke {
    @Override
    Supplier<Answer> of(Customer customer, Api api) {
      return () -> api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    }
  };

  private static final List<String> TABLES =
      List.of(
          "tenant_registry",
          "entitlements",
          "claim_codes",
          "appliances",
          "idempotency_keys",
          "audit_log");

  /** A new request of a customer who is registered for it. */
  Supplier<Answer> of(Api api) {
    return of(Customer.pro(api), api);
  }

  abstract Supplier<Answer> of(Customer customer, Api api);

  /** Fails unless the answer says that nothing was done, and when to try again. */
  static void assertUnavailable(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("503 database_unavailable");
    assertThat(answer.header("Retry-After")).hasValue("2");
    assertThat(answer.header("X-Request-Id")).isPresent();
  }

  /** All rows that the routes write. The text is the same as long as nothing is written. */
  static List<String> written(Sql sql) {
    return TABLES.stream()
        .map(
            table ->
                sql.one(
                    String.class,
                    "SELECT count(*) || md5(string_agg(x::text, ',' ORDER BY x::text)) FROM "
                        + table
                        + " x"))
        .toList();
  }
}
