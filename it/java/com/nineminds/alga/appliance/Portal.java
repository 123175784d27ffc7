package com.nineminds.alga.appliance;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import java.util.UUID;

/** What the storefront and an operator can do between two requests of an appliance. */
public record Portal(Api api, Sql sql) {

  /** The portal of the node and the database that most tests use. */
  public static Portal shared() {
    return new Portal(Stage.api(), Stage.sql());
  }

  /** Re-issues the customer's code. */
  public String freshCode(Customer customer) {
    return done(api.service("/install-codes/reissue", "tenant_id", customer.tenantId()))
        .text("install_code");
  }

  /** Returns a code of a subscription from before the registry. The code has no tenant. */
  public String codeWithoutTenant(String stripeSubId) {
    done(
        api.service(
            "/sign",
            "stripe_sub_id",
            stripeSubId,
            "customer",
            "Old " + stripeSubId,
            "tier",
            "premium",
            "transport",
            "connected"));
    Answer minted = api.service("/claim-codes", "stripe_sub_id", stripeSubId);
    if (minted.status() != 201) {
      throw new AssertionError(minted.toString());
    }
    return minted.text("code");
  }

  /** Ends the customer's subscription. */
  public void revokeSubscription(Customer customer) {
    done(api.service("/revoke", "stripe_sub_id", customer.stripeSubId()));
  }

  /** Revokes one of the customer's appliances. */
  public void revokeAppliance(Customer customer, Box box) {
    done(api.service("/revoke", "appliance_id", box.id(), "tenant_id", customer.tenantId()));
  }

  /** Sets the status in the database. No route of the API suspends, resumes or cancels. */
  public void setStatus(Customer customer, String status) {
    changeOne("UPDATE tenant_registry SET status = ? WHERE tenant_id = ?", status, uuid(customer));
  }

  /** Sets columns of the customer's only code. */
  public void setCode(Customer customer, String assignments) {
    changeOne("UPDATE claim_codes SET " + assignments + " WHERE tenant_id = ?", uuid(customer));
  }

  /** Sets columns of the customer's only subscription. */
  public void setEntitlement(Customer customer, String assignments) {
    changeOne("UPDATE entitlements SET " + assignments + " WHERE tenant_id = ?", uuid(customer));
  }

  /** Returns all data that operators see of the customer. */
  public JsonObject details(Customer customer) {
    return done(api.get("/tenants/" + customer.tenantId())).json();
  }

  /** Counts the rows of the customer that meet the condition. */
  public long count(Customer customer, String table, String condition) {
    return sql.one(
        Long.class,
        "SELECT count(*) FROM " + table + " WHERE tenant_id = ? AND (" + condition + ")",
        uuid(customer));
  }

  private void changeOne(String statement, Object... parameters) {
    int changed = sql.update(statement, parameters);
    if (changed != 1) {
      throw new AssertionError(changed + " rows: " + statement);
    }
  }

  private static UUID uuid(Customer customer) {
    return UUID.fromString(customer.tenantId());
  }

  private static Answer done(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    return answer;
  }
}
