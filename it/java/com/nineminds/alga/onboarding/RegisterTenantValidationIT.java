package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Stage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /register-tenant} answers 400, and {@code errors} name the wrong members. */
class RegisterTenantValidationIT {

  private final Api api = Stage.api();

  /** In a value, {@code #n} stands for n characters. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "edition            | \"gold\"",
        "edition            | \"Pro\"",
        "edition            | \"\"",
        "edition            | \" pro\"",
        "edition            | 1",
        "edition            | null",
        "edition            | [\"pro\"]",
        "contact_email      | \"nobody\"",
        "contact_email      | \"@it.test\"",
        "contact_email      | \"a@\"",
        "contact_email      | \"a b@it.test\"",
        "contact_email      | \"a@b@it.test\"",
        "contact_email      | \"a@it.test\\nBcc: b@it.test\"",
        "contact_email      | \"a\\u0000@it.test\"",
        "contact_email      | \"#247@it.test\"",
        "contact_email      | \"\"",
        "contact_email      | {}",
        "contact_email      | null",
        "company_name       | \"\"",
        "company_name       | \"   \"",
        "company_name       | \"#501\"",
        "company_name       | \"a\\u0000b\"",
        "company_name       | \"a\\nb\"",
        "company_name       | \"a\\u001bb\"",
        "company_name       | \"a\\u007fb\"",
        "company_name       | \"a\\ud800b\"",
        "company_name       | \"\\u200b\"",
        "company_name       | \"\\u00ad\\u200d\"",
        "company_name       | \"\\u3164\"",
        "company_name       | \"Acme \\u202egnp.exe\"",
        "company_name       | \"\\u2066Acme\\u2069\"",
        "contact_name       | \"Ann \\u202bB\"",
        "company_name       | 7",
        "company_name       | true",
        "company_name       | null",
        "contact_name       | \"#501\"",
        "contact_name       | \"a\\tb\"",
        "contact_name       | 7",
        "region             | \"#201\"",
        "region             | \"\"",
        "region             | false",
        "stripe_customer_id | \"#201\"",
        "stripe_customer_id | \"a\\u0000\"",
        "stripe_customer_id | 12",
        "stripe_sub_id      | \"#201\"",
        "stripe_sub_id      | \"\"",
        "stripe_sub_id      | \"a\\u0000\"",
        "stripe_sub_id      | {\"id\":\"sub_1\"}",
        "product_code       | \"PSA\"",
        "product_code       | \"other\"",
        "deployment_type    | \"cloud\"",
        "transport          | \"carrier pigeon\"",
        "transport          | 1",
        "tenant_id          | \"7\"",
        "tenant_id          | \"\"",
        "tenant_id          | \"7d0f6c1e52b44c0a9a530c8b2f6f1a11\"",
        "tenant_id          | \"1-1-1-1-1\"",
        "tenant_id          | \"7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a1g\"",
        "tenant_id          | \"7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11 \"",
        "tenant_id          | 7",
        "seats              | 0",
        "seats              | -1",
        "seats              | 1.5",
        "seats              | 0.1e1000000",
        "seats              | \"5\"",
        "seats              | true",
        "seats              | [5]",
        "seats              | 2147483648",
        "seats              | 99999999999999999999999",
        "seats              | 1e400",
        "seats              | 1e2147483647"
      })
  void malformedMemberIsNamed(String field, String literal) {
    Answer answer = send(order(field, literal));
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(fields(answer)).containsExactly(field);
    assertThat(answer.text("error")).contains(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"company_name", "contact_email", "edition"})
  void missingMemberIsNamed(String field) {
    JsonObject order = Json.createObjectBuilder(Order.paid().body()).remove(field).build();
    Answer answer = send(order.toString());
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(fields(answer)).containsExactly(field);
  }

  @Test
  void allThatIsWrongIsListedAtOnce() {
    Answer answer =
        send(
            """
            {"company_name": "", "contact_email": "x", "contact_name": 1, "edition": "gold",
             "product_code": "x", "deployment_type": "x", "region": "", "tenant_id": "x",
             "stripe_customer_id": "", "stripe_sub_id": "", "seats": 0, "transport": "x"}
            """);
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(fields(answer))
        .containsExactlyInAnyOrder(
            "company_name",
            "contact_email",
            "contact_name",
            "edition",
            "product_code",
            "deployment_type",
            "region",
            "tenant_id",
            "stripe_customer_id",
            "stripe_sub_id",
            "seats",
            "transport");
  }

  @Test
  void emptyObjectNamesAllThatIsRequired() {
    assertThat(fields(send("{}")))
        .containsExactlyInAnyOrder("company_name", "contact_email", "edition");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"company_name", "contact_name", "region", "stripe_customer_id", "stripe_sub_id"})
  void twoHundredCharactersAreKept(String field) {
    // beyond the basic plane, a character needs two chars of Java
    String longest = "\ud83d\ude80".repeat(100) + Customer.unique();
    longest = longest + "x".repeat(200 - longest.codePointCount(0, longest.length()));
    Answer answer = Order.paid().with(field, longest).send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    JsonObject detail = api.get("/tenants/" + answer.text("tenant_id")).json();
    JsonObject holder =
        detail.getJsonObject(field.equals("stripe_sub_id") ? "entitlement" : "tenant");
    assertThat(holder.getString(field)).isEqualTo(longest);
  }

  @Test
  void longestEmailIsKept() {
    String longest = "a".repeat(192) + "@it.test";
    Answer answer = Order.essentials().with("contact_email", longest).send(api);
    assertThat(answer.outcome()).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2147483647", "5.0", "1e3"})
  void wholeNumberOfSeatsIsTaken(String seats) {
    Answer answer = send(order("seats", seats));
    assertThat(answer.outcome()).isEqualTo("201");
    JsonObject entitlement = api.get("/tenants/" + answer.text("tenant_id")).object("entitlement");
    assertThat(entitlement.getInt("seats")).isEqualTo((int) Double.parseDouble(seats));
  }

  @Test
  void refusalRegistersNothing() {
    Order order = Order.paid();
    assertThat(order.with("seats", 0).send(api).outcome()).isEqualTo("400 invalid_request");
    assertThat(
            Stage.sql()
                .all(
                    String.class,
                    "SELECT company_name FROM tenant_registry WHERE contact_email = ?",
                    order.email()))
        .isEmpty();
  }

  /** A valid order, except for one member, which is written unchanged. */
  private static String order(String field, String literal) {
    String written = literal;
    int number = literal.indexOf('#');
    if (number >= 0) {
      String digits = literal.substring(number + 1).replaceAll("\\D.*", "");
      written = literal.replace("#" + digits, "x".repeat(Integer.parseInt(digits)));
    }
    JsonObject rest = Json.createObjectBuilder(Order.paid().body()).remove(field).build();
    return "{\"" + field + "\": " + written + ", " + rest.toString().substring(1);
  }

  private Answer send(String body) {
    return api.send("POST", "/register-tenant", body, Api.authorized());
  }

  private static List<String> fields(Answer answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader
          .readObject()
          .getJsonArray("errors")
          .getValuesAs(error -> error.asJsonObject().getString("field"));
    }
  }
}
