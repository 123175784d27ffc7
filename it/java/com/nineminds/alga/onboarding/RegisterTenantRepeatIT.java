package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repeated {@code POST /register-tenant} never mints a second code by accident. */
class RegisterTenantRepeatIT {

  private static final String COMPANY = "Order A/\u00e9";

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void knownSubscriptionIs200WithTheSameTenantAndCode() {
    Order order = Order.paid();
    Answer first = order.send(api);
    assertRepeat(order.send(api), first);
  }

  @Test
  void knownSubscriptionChangesNothingWhateverElseTheBodySays() {
    Order order = Order.paid();
    Answer first = order.send(api);
    JsonObject before = detail(first);
    Order other =
        Order.paid()
            .with("stripe_sub_id", order.sub())
            .with("edition", "premium")
            .with("seats", 99)
            .with("contact_name", "Somebody Else")
            .with("product_code", "algadesk")
            .with("deployment_type", "hosted")
            .with("region", "mars")
            .with("transport", "airgap")
            .with("stripe_customer_id", "cus_other");
    assertRepeat(other.send(api), first);
    assertRepeat(other.with("tenant_id", first.text("tenant_id")).send(api), first);
    assertThat(detail(first)).isEqualTo(before);
    assertThat(tenantsOf(other)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void expiredCodeIsReplacedByAFreshOne(boolean byKey) {
    Repeatable repeatable = new Repeatable(byKey);
    Answer first = repeatable.send();
    sql.update(
        "UPDATE claim_codes SET expires_at = now() - interval '1 second' WHERE tenant_id = ?",
        id(first));
    Answer repeat = repeatable.send();
    assertThat(repeat.outcome()).isEqualTo("200");
    assertThat(repeat.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    assertThat(repeat.text("install_code")).isNotEqualTo(first.text("install_code"));
    assertThat(repeat.number("expires_at")).isGreaterThan(Instant.now().getEpochSecond());
    assertRepeat(repeatable.send(), repeat);
    assertThat(redeem(repeat).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void consumedCodeIsNullAndTheStatusSaysInstalled(boolean byKey) {
    Repeatable repeatable = new Repeatable(byKey);
    Answer first = repeatable.send();
    assertThat(redeem(first).outcome()).isEqualTo("200");
    Answer repeat = repeatable.send();
    assertThat(repeat.outcome()).isEqualTo("200");
    assertThat(repeat.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    assertThat(repeat.json().get("install_code")).isEqualTo(JsonValue.NULL);
    assertThat(repeat.text("download_url")).isEmpty();
    assertThat(repeat.has("expires_at")).isFalse();
    assertThat(repeat.text("status")).isEqualTo("installed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replacedCodeIsAnsweredWithTheTenantsLiveOne(boolean byKey) {
    Repeatable repeatable = new Repeatable(byKey);
    Answer first = repeatable.send();
    Answer fresh = api.service("/install-codes/reissue", "tenant_id", first.text("tenant_id"));
    Answer repeat = repeatable.send();
    assertThat(repeat.outcome()).isEqualTo("200");
    assertThat(repeat.text("install_code"))
        .isEqualTo(fresh.text("install_code"))
        .isNotEqualTo(first.text("install_code"));
    assertThat(redeem(repeat).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"company_name\":\"%s\",\"contact_email\":\"%s\",\"edition\":\"pro\",\"seats\":25}",
        "{\"seats\":25,\"edition\":\"pro\",\"contact_email\":\"%2$s\",\"company_name\":\"%1$s\"}",
        "  {\n \"company_name\" : \"%s\",\t\"contact_email\":\"%s\",\r\n"
            + " \"edition\":\"pro\",\"seats\":25}\n ",
        "{\"company_name\":\"%s\",\"contact_email\":\"%s\",\"edition\":\"pro\",\"seats\":25,"
            + "\"region\":null,\"stripe_sub_id\":null,\"tenant_id\":null,\"transport\":null}",
        "{\"company_name\":\"\\u004frder A\\/\\u00e9\",\"contact_email\":\"%2$s\","
            + "\"editio\\u006e\":\"pr\\u006F\",\"seats\":25}",
        "{\"company_name\":\"%s\",\"contact_email\":\"%s\",\"edition\":\"pro\",\"seats\":25.0}",
        "{\"company_name\":\"%s\",\"contact_email\":\"%s\",\"edition\":\"pro\",\"seats\":2.5e1}"
      })
  void sameKeyWithABodyThatMeansTheSameIs200(String template) {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.unpaid().with("company_name", COMPANY).with("seats", 25);
    Answer first = order.sendWithKey(api, key);
    assertThat(first.outcome()).isEqualTo("201");
    assertRepeat(Order.sendWithKey(api, key, template.formatted(COMPANY, order.email())), first);
  }

  @ParameterizedTest
  @CsvSource({
    "company_name, Another",
    "contact_email, another@it.test",
    "contact_name, Somebody",
    "edition, premium",
    "product_code, algadesk",
    "deployment_type, hosted",
    "region, eu",
    "transport, airgap",
    "stripe_customer_id, cus_9",
    "stripe_sub_id, sub_never_seen",
    "tenant_id, 00000000-0000-4000-8000-000000000000"
  })
  void sameKeyWithAnotherBodyIs409(String member, String value) {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.unpaid();
    Answer first = order.sendWithKey(api, key);
    JsonObject before = detail(first);
    assertThat(order.with(member, value).sendWithKey(api, key).outcome())
        .isEqualTo("409 idempotency_conflict");
    assertThat(detail(first)).isEqualTo(before);
    assertRepeat(order.sendWithKey(api, key), first);
  }

  @Test
  void sameKeyWithOtherSeatsIs409() {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.paid();
    assertThat(order.sendWithKey(api, key).outcome()).isEqualTo("201");
    assertThat(order.with("seats", 26).sendWithKey(api, key).outcome())
        .isEqualTo("409 idempotency_conflict");
    assertThat(order.with("seats", null).sendWithKey(api, key).outcome())
        .isEqualTo("409 idempotency_conflict");
  }

  @Test
  void refusedRequestDoesNotUseItsKeyUp() {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.essentials();
    assertThat(order.with("edition", "gold").sendWithKey(api, key).outcome())
        .isEqualTo("400 invalid_request");
    String taken = Customer.pro(api).stripeSubId();
    Order conflicting =
        Order.paid().with("stripe_sub_id", taken).with("tenant_id", UUID.randomUUID().toString());
    assertThat(conflicting.sendWithKey(api, key).outcome()).isEqualTo("409 entitlement_conflict");
    assertThat(order.sendWithKey(api, key).outcome()).isEqualTo("201");
  }

  @Test
  void replayOfAnOpenPaymentHasNoCodeUntilItIsPaid() {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.unpaid();
    Answer open = order.sendWithKey(api, key);
    Answer replay = order.sendWithKey(api, key);
    assertThat(replay.outcome()).isEqualTo("200");
    assertThat(replay.json().get("install_code")).isEqualTo(JsonValue.NULL);
    assertThat(replay.text("download_url")).isEmpty();
    Answer paid =
        order
            .with("tenant_id", open.text("tenant_id"))
            .with("stripe_sub_id", "sub_" + Customer.unique())
            .send(api);
    assertRepeat(order.sendWithKey(api, key), paid);
  }

  @Test
  void attachingTwiceWithTheSameSubscriptionIs200() {
    Order order = Order.unpaid();
    Order paid =
        order
            .with("tenant_id", order.send(api).text("tenant_id"))
            .with("stripe_sub_id", "sub_" + Customer.unique());
    Answer first = paid.send(api);
    assertThat(first.outcome()).isEqualTo("201");
    assertRepeat(paid.send(api), first);
  }

  @Test
  void newKeyForAKnownSubscriptionAnswersItsTenantAndIsKept() {
    Order order = Order.paid();
    Answer first = order.send(api);
    String key = "it-" + UUID.randomUUID();
    assertRepeat(order.sendWithKey(api, key), first);
    assertThat(order.with("seats", 3).sendWithKey(api, key).outcome())
        .isEqualTo("409 idempotency_conflict");
  }

  @Test
  void withoutKeyAndSubscriptionEveryPaidOrderIsANewTenant() {
    Order order = Order.unpaid();
    assertThat(order.send(api).text("tenant_id")).isNotEqualTo(order.send(api).text("tenant_id"));
    assertThat(tenantsOf(order)).isEqualTo(2);
  }

  @Test
  void keysTellOrdersOfTheSameBodyApart() {
    Order order = Order.essentials();
    Answer first = order.sendWithKey(api, "it-" + UUID.randomUUID());
    Answer second = order.sendWithKey(api, "it-" + UUID.randomUUID());
    assertThat(second.outcome()).isEqualTo("201");
    assertThat(second.text("tenant_id")).isNotEqualTo(first.text("tenant_id"));
  }

  /** An order that can be repeated, by its key or by its subscription. */
  private final class Repeatable {
    private final String key;
    private final Order order;

    Repeatable(boolean byKey) {
      key = byKey ? "it-" + UUID.randomUUID() : null;
      order = byKey ? Order.essentials() : Order.paid();
    }

    Answer send() {
      return key == null ? order.send(api) : order.sendWithKey(api, key);
    }
  }

  private static void assertRepeat(Answer repeat, Answer first) {
    assertThat(repeat.outcome()).isEqualTo("200");
    assertThat(repeat.header("Cache-Control")).hasValue("no-store");
    for (String member :
        new String[] {"tenant_id", "install_code", "expires_at", "edition", "status"}) {
      assertThat(repeat.json().get(member)).as(member).isEqualTo(first.json().get(member));
    }
  }

  private Answer redeem(Answer registered) {
    return api.appliance(
        "/register", "claim_code", registered.text("install_code"), "appliance_id", "box");
  }

  private JsonObject detail(Answer registered) {
    return api.get("/tenants/" + registered.text("tenant_id")).json();
  }

  private static UUID id(Answer registered) {
    return UUID.fromString(registered.text("tenant_id"));
  }

  private long tenantsOf(Order order) {
    return sql.one(
        Long.class, "SELECT count(*) FROM tenant_registry WHERE contact_email = ?", order.email());
  }
}
