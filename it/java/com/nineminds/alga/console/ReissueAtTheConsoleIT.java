package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The most common work of an operator: a customer calls and needs a fresh code. */
@NeedsBrowser
class ReissueAtTheConsoleIT {

  private static final Api API = Stage.api();

  @Test
  void fromTheSearchToAFreshCodeThatWorks() {
    Customer customer = Customer.pro(API);
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.search(customer.email());
      desk.awaitCompanies(List.of(Records.company(customer)));
      desk.at("#list tbody th a").click();
      desk.at("#reissue").click();
      assertThat(desk.text("#question"))
          .isEqualTo("Re-issue the code of " + Records.company(customer) + "?");
      assertThat(desk.text("#consequence")).contains("Every older code stops working.");
      desk.at("#confirm").click();
      String code = desk.text("#code");
      assertThat(code).matches("[2-9A-HJ-KMNP-Z]{8}");
      assertThat(Records.newestEntry(customer))
          .isEqualTo("code_minted by anna: ****" + code.substring(4));
      Customer caller =
          new Customer(customer.tenantId(), customer.email(), customer.stripeSubId(), code);
      assertThat(customer.redeem(API, "box").outcome()).isEqualTo("409 superseded_claim_code");
      assertThat(caller.redeem(API, "box").outcome()).isEqualTo("200");
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void codeIsLargeAndCanBeCopied() {
    Customer customer = Customer.essentials(API);
    try (Desk desk = Desk.anna()) {
      desk.browser().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      reissue(desk, customer);
      String code = desk.text("#code");
      assertThat((int) desk.at("#code").evaluate("e => parseInt(getComputedStyle(e).fontSize)"))
          .isGreaterThan(24);
      desk.page().getByText("Copy the code").click();
      desk.page().getByText("Copied").waitFor();
      assertThat(clipboard(desk)).isEqualTo(code);
      desk.page().getByText("Copy the link").click();
      desk.page().getByText("Copied").nth(1).waitFor();
      assertThat(clipboard(desk)).isEqualTo(desk.at("#download").getAttribute("href"));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void linkDownloadsTheImageAndSaysHowLong() throws IOException, InterruptedException {
    Customer customer = Customer.essentials(API);
    try (Desk desk = Desk.anna()) {
      reissue(desk, customer);
      String link = desk.at("#download").getAttribute("href");
      assertThat(link).startsWith(Stage.objectStore().endpoint().toString());
      assertThat(desk.text("#download + .hint")).contains("7 days from now (");
      assertThat(
              HttpClient.newHttpClient()
                  .send(
                      HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray())
                  .body()
                  .length)
          .isGreaterThan(100_000);
    }
  }

  @Test
  void codeIsShownOnlyOnce() {
    Customer customer = Customer.essentials(API);
    try (Desk desk = Desk.anna()) {
      reissue(desk, customer);
      String code = desk.text("#code");
      desk.at("dialog [data-back]").click();
      desk.page().waitForURL("**/admin/tenant?id=" + customer.tenantId());
      assertThat(desk.page().content()).doesNotContain(code).contains("****" + code.substring(4));
      desk.at("#reissue").waitFor();
      assertThat(desk.at("dialog").count()).isZero();
      desk.page().goBack();
      desk.at("#confirm").waitFor();
      assertThat(desk.page().content()).doesNotContain(code);
    }
  }

  @Test
  void codeThatAnotherOperatorReissuedMeanwhileStays() {
    Customer customer = Customer.essentials(API);
    try (Desk anna = Desk.anna();
        Desk boris = Desk.boris()) {
      ask(anna, customer);
      reissue(boris, customer);
      assertIsRefused(anna, customer, 2);
      Customer caller = new Customer(null, null, null, boris.text("#code"));
      assertThat(caller.redeem(API, "box").outcome()).isEqualTo("200");
    }
  }

  @Test
  void codeThatWasUsedMeanwhileIsNotReplacedUnseen() {
    Customer customer = Customer.pro(API);
    try (Desk anna = Desk.anna()) {
      ask(anna, customer);
      customer.redeem(API, "box-" + Customer.unique());
      assertIsRefused(anna, customer, 1);
      assertThat(anna.text("section:has(#codes) tbody")).contains("used");
      anna.page().getByText("Look again").click();
      anna.at("#reissue").click();
      anna.at("#confirm").click();
      assertThat(anna.text("#code")).hasSize(8);
    }
  }

  private static void assertIsRefused(Desk desk, Customer customer, int codes) {
    desk.at("#confirm").click();
    assertThat(desk.text("#problem")).contains("meanwhile, so nothing was changed");
    assertThat(desk.at("dialog").count()).isZero();
    assertThat(Records.codes(customer)).isEqualTo(codes);
  }

  private static void ask(Desk desk, Customer customer) {
    desk.goToTenant(customer.tenantId());
    desk.at("#reissue").click();
    desk.at("#confirm").waitFor();
  }

  private static void reissue(Desk desk, Customer customer) {
    ask(desk, customer);
    desk.at("#confirm").click();
    desk.at("#code").waitFor();
  }

  private static String clipboard(Desk desk) {
    return (String) desk.page().evaluate("navigator.clipboard.readText()");
  }
}
