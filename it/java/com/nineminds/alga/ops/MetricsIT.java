package com.nineminds.alga.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Elsewhere;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics of a node, as a monitoring system reads them. */
class MetricsIT {

  private final Api api = Stage.api();

  @Test
  void requestsAreCountedByRouteAndOutcome() {
    String ok = "alga_requests_total";
    double created = value(ok, "route=\"POST /register-tenant\"", "outcome=\"created\"");
    double redeemed = value(ok, "route=\"POST /register\"", "outcome=\"ok\"");
    double consumed = value(ok, "route=\"POST /register\"", "outcome=\"consumed_claim_code\"");
    Customer customer = Customer.pro(api);
    customer.redeem(api, "host");
    customer.redeem(api, "other");
    assertThat(value(ok, "route=\"POST /register-tenant\"", "outcome=\"created\""))
        .isGreaterThanOrEqualTo(created + 1);
    assertThat(value(ok, "route=\"POST /register\"", "outcome=\"ok\""))
        .isGreaterThanOrEqualTo(redeemed + 1);
    assertThat(value(ok, "route=\"POST /register\"", "outcome=\"consumed_claim_code\""))
        .isGreaterThanOrEqualTo(consumed + 1);
  }

  @Test
  void licensesAreCountedByTheirKey() {
    double before = value("alga_licenses_signed_total", "kid=\"it-1\"");
    Customer.pro(api).redeem(api, "host");
    assertThat(value("alga_licenses_signed_total", "kid=\"it-1\""))
        .isGreaterThanOrEqualTo(before + 1);
  }

  @Test
  void signingIsTimed() {
    double count = value("alga_license_signing_seconds_count");
    double sum = value("alga_license_signing_seconds_sum");
    Customer.pro(api).redeem(api, "host");
    assertThat(value("alga_license_signing_seconds_count")).isGreaterThanOrEqualTo(count + 1);
    assertThat(value("alga_license_signing_seconds_sum")).isGreaterThan(sum).isLessThan(600);
  }

  @Test
  void useOfTheConnectionPoolIsShown() {
    Customer.essentials(api);
    assertThat(lines("connectionpool_").stream().filter(line -> line.contains("jdbc_alga")))
        .anyMatch(line -> line.startsWith("connectionpool_managedConnections{"))
        .anyMatch(line -> line.startsWith("connectionpool_inUseTime_"))
        .anyMatch(line -> line.startsWith("connectionpool_freeConnections{"))
        .anyMatch(line -> line.startsWith("connectionpool_waitTime_"));
    assertThat(value("connectionpool_managedConnections", "jdbc_alga")).isBetween(1.0, 16.0);
  }

  @Test
  void applianceIdsOfSeveralTenantsAreCounted() {
    String host = "host-" + Customer.unique();
    Customer.pro(api).redeem(api, host);
    double before = value("alga_appliance_ids_shared_total");
    Customer.pro(api).redeem(api, host);
    assertThat(value("alga_appliance_ids_shared_total")).isGreaterThanOrEqualTo(before + 1);
  }

  @Test
  void credentialsThatAreUsedFromTwoNetworksInTurnAreCounted() {
    double before = value("alga_credentials_alternating_total");
    String credential = Customer.pro(api).redeem(api, "host").text("appliance_credential");
    for (String address : List.of("127.0.0.11", "127.0.0.12", "127.0.0.11")) {
      new Elsewhere(api.base(), address).post("/check-in", "appliance_credential", credential);
    }
    assertThat(value("alga_credentials_alternating_total")).isGreaterThanOrEqualTo(before + 1);
  }

  @Test
  void noLabelNamesACustomer() {
    Customer customer = Customer.pro(api);
    Answer redeemed = customer.redeem(api, "host-" + customer.stripeSubId());
    api.get("/tenants/" + customer.tenantId());
    api.get("/tenants/" + customer.code());
    api.get("/" + customer.code());
    api.appliance("/check-in", "appliance_credential", redeemed.text("appliance_credential"));
    assertThat(Stage.node().metrics())
        .doesNotContain(
            customer.code(),
            customer.tenantId(),
            customer.email(),
            customer.stripeSubId(),
            redeemed.text("appliance_credential"));
    assertThat(lines("alga_requests_total"))
        .anyMatch(line -> line.contains("route=\"GET /tenants/{tenant_id}\""));
  }

  /** The value of the only line of that metric with all these labels; 0 if there is none. */
  private static double value(String metric, String... labels) {
    List<String> found =
        lines(metric).stream()
            .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
            .filter(line -> List.of(labels).stream().allMatch(line::contains))
            .toList();
    assertThat(found).as(metric).hasSizeLessThanOrEqualTo(1);
    return found.isEmpty()
        ? 0
        : Double.parseDouble(found.get(0).substring(found.get(0).lastIndexOf('}') + 1).strip());
  }

  private static List<String> lines(String prefix) {
    return Stage.node().metrics().lines().filter(line -> line.startsWith(prefix)).toList();
  }
}
