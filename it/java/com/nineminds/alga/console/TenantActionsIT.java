package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator changes a tenant. The console asks a question before each change. */
@NeedsBrowser
class TenantActionsIT {

  private static final URI BASE = Stage.node().base();
  private static final Api API = Stage.api();
  private static final String REVOKE_CODE = "a[href*='do=revoke_code']";
  private static final String REVOKE_APPLIANCE = "a[href*='do=revoke_appliance']";

  private final Customer customer = Customer.pro(API);
  private final String box = "box-" + Customer.unique();

  @Test
  void revokedCodeDoesNotRedeem() {
    try (Desk desk = Desk.anna()) {
      ask(desk, REVOKE_CODE, "Nobody can redeem this code any more.");
      assertThat(desk.text("#question")).contains("****" + customer.code().substring(4));
      confirm(desk, "The code is revoked.");
      assertThat(customer.redeem(API, box).outcome()).isEqualTo("409 superseded_claim_code");
      assertThat(Records.newestEntry(customer))
          .isEqualTo("code_revoked by anna: ****" + customer.code().substring(4));
      assertThat(desk.text("section:has(#codes) tbody")).contains("revoked");
      assertThat(desk.at(REVOKE_CODE).count()).isZero();
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void revokedApplianceIsRefusedAtItsNextCheckIn() {
    String credential = install();
    try (Desk desk = Desk.anna()) {
      ask(desk, REVOKE_APPLIANCE, "The appliance is refused at its next check-in");
      assertThat(desk.text("#question")).contains(box);
      confirm(desk, "The appliance is revoked.");
      assertThat(checkIn(credential).outcome()).isEqualTo("401 revoked_appliance");
      assertThat(Records.newestEntry(customer)).isEqualTo("appliance_revoked by anna: " + box);
      assertThat(desk.at(REVOKE_APPLIANCE).count()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "suspend, suspended, No code of this tenant can be redeemed or re-issued",
    "cancel, cancelled, re-issues by e-mail ignore it"
  })
  void stoppedTenantGetsNothingUntilItIsResumed(String verb, String status, String consequence) {
    String credential = install();
    Customer again = withFreshCode();
    try (Desk desk = Desk.anna()) {
      ask(desk, "#" + verb, consequence);
      confirm(desk, "The tenant is " + status + ".");
      assertThat(again.redeem(API, box).outcome()).isEqualTo("403 tenant_" + status);
      assertThat(checkIn(credential).text("status")).isEqualTo("revoked");
      assertThat(Records.newestEntry(customer)).isEqualTo("tenant_" + status + " by anna");
      assertThat(desk.text("h1")).endsWith(status);
      assertThat(desk.at("#reissue").count()).isZero();

      ask(desk, "#resume", "Its codes can be redeemed again");
      confirm(desk, "The tenant is open again.");
      assertThat(checkIn(credential).text("status")).isEqualTo("ok");
      assertThat(again.redeem(API, box).outcome()).isEqualTo("200");
      assertThat(desk.text("section:has(#history) tbody"))
          .contains("Tenant " + status, "Tenant resumed");
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void backAndEscapeChangeNothing() {
    String before = Records.newestEntry(customer);
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      for (String button : List.of("#reissue", "#suspend", "#cancel", REVOKE_CODE)) {
        desk.at(button).click();
        desk.page().getByText("Back").click();
        desk.page().waitForURL("**/admin/tenant?id=" + customer.tenantId());
        assertThat(desk.at("dialog").count()).isZero();
        desk.at(button).click();
        desk.at("#confirm").waitFor();
        desk.page().keyboard().press("Escape");
        desk.page().waitForURL("**/admin/tenant?id=" + customer.tenantId());
        assertThat(desk.at("dialog").count()).isZero();
        desk.page().goBack();
        assertThat(desk.at("dialog").count()).as("the closed dialog stays closed").isZero();
      }
      assertThat(Records.status(customer)).isEqualTo("registered");
      assertThat(Records.newestEntry(customer)).isEqualTo(before);
    }
  }

  @Test
  void secondOfTwoOperatorsIsToldThatTheFirstWasFaster() {
    try (Desk anna = Desk.anna();
        Desk boris = Desk.boris()) {
      ask(anna, "#suspend", "");
      ask(boris, "#suspend", "");
      confirm(boris, "The tenant is suspended.");
      anna.at("#confirm").click();
      assertThat(anna.text("#problem"))
          .startsWith("This tenant is suspended by now, so nothing was changed");
      assertThat(anna.at("#resume").isVisible()).isTrue();
      assertThat(Records.status(customer)).isEqualTo("suspended");
      assertThat(Records.newestEntry(customer)).isEqualTo("tenant_suspended by boris");
      assertThat(anna.browser().complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "#cancel, #suspend, tenant_suspended by boris",
    "#suspend, #cancel, tenant_cancelled by boris",
    "a[href*=revoke_code], a[href*=revoke_code], code_revoked by boris",
    "a[href*=revoke_code], #reissue, code_minted by boris"
  })
  void decisionOfTheFirstOfTwoOperatorsStays(String annas, String boriss, String entry) {
    Console anna = Console.signedIn(BASE, "anna");
    Console boris = Console.signedIn(BASE, "boris");
    Console.Form annasAnswer = asked(anna, annas).form("#confirm");
    boris.send(asked(boris, boriss).form("#confirm"));
    Console.Page answered = anna.send(annasAnswer);
    assertThat(answered.status()).isLessThan(500);
    assertThat(answered.html().select("#problem").text()).contains("nothing was changed");
    assertThat(Records.newestEntry(customer)).startsWith(entry);
  }

  @Test
  void applianceThatTwoRevokeIsRevokedByTheFirst() {
    install();
    Console anna = Console.signedIn(BASE, "anna");
    Console boris = Console.signedIn(BASE, "boris");
    Console.Form annasAnswer = asked(anna, REVOKE_APPLIANCE).form("#confirm");
    boris.send(asked(boris, REVOKE_APPLIANCE).form("#confirm"));
    assertThat(anna.follow(anna.send(annasAnswer)).html().select("#done").text())
        .isEqualTo("The appliance is revoked.");
    assertThat(Records.newestEntry(customer)).isEqualTo("appliance_revoked by boris: " + box);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "do=revoke_code&target=nonsense",
        "do=revoke_code&target=00000000-0000-4000-8000-000000000000",
        "do=revoke_appliance&target=no-such-box",
        "do=revoke_appliance&target=%2F%2F",
        "do=resume"
      })
  void questionThatMakesNoSenseChangesNothing(String question) {
    String before = Records.newestEntry(customer);
    Console anna = Console.signedIn(BASE, "anna");
    Console.Page asked = anna.get("/admin/tenant?id=" + customer.tenantId() + "&" + question);
    Console.Page answered = anna.send(asked.form("#confirm"));
    assertThat(answered.status()).isLessThan(500);
    assertThat(answered.html().select("#problem").text()).isNotEmpty();
    assertThat(Records.newestEntry(customer)).isEqualTo(before);
  }

  private void ask(Desk desk, String button, String consequence) {
    desk.goToTenant(customer.tenantId());
    desk.at(button).click();
    assertThat(desk.text("#consequence")).contains(consequence);
  }

  private static void confirm(Desk desk, String done) {
    desk.at("#confirm").click();
    assertThat(desk.text("#done")).isEqualTo(done);
  }

  /** The question of the console after a press of that button on the tenant's page. */
  private Console.Page asked(Console console, String button) {
    Console.Page page = console.get("/admin/tenant?id=" + customer.tenantId());
    return console.get(page.html().expectFirst(button).attr("href"));
  }

  private String install() {
    return customer.redeem(API, box).text("appliance_credential");
  }

  private Customer withFreshCode() {
    String code =
        API.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    return new Customer(customer.tenantId(), customer.email(), customer.stripeSubId(), code);
  }

  private static Answer checkIn(String credential) {
    return API.appliance("/check-in", "appliance_credential", credential);
  }
}
