package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nineminds.alga.entitlement.Entitlement.Terms;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.BodyReader;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.EmailAddress;
import com.nineminds.alga.registry.ProductCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The storefront describes a customer in a body. Two bodies may mean the same. */
class TenantFormTest {

  private static final String LEAST =
      "\"company_name\": \"Acme\", \"contact_email\": \"it@acme.test\", \"edition\": \"pro\"";

  @Test
  void defaultsAreThoseOfTheContract() {
    TenantForm form = form(LEAST);
    assertThat(form.customer().companyName()).isEqualTo("Acme");
    assertThat(form.customer().contactEmail()).isEqualTo(new EmailAddress("it@acme.test"));
    assertThat(form.customer().productCode()).isEqualTo(ProductCode.psa);
    assertThat(form.customer().deploymentType()).isEqualTo(DeploymentType.appliance);
    assertThat(form.transport()).isEqualTo(Transport.connected);
    assertThat(form.customer().contactName()).isNull();
    assertThat(form.customer().region()).isNull();
    assertThat(form.tenantId()).isNull();
    assertThat(form.customer().stripeCustomerId()).isNull();
    assertThat(form.stripeSubId()).isNull();
    assertThat(form.seats()).isNull();
  }

  @Test
  void everyComplaintIsToldAtOnce() {
    InvalidRequest refusal =
        catchThrowableOfType(
            InvalidRequest.class,
            () ->
                form(
                    "\"contact_email\": \"x\", \"edition\": \"gold\", \"seats\": 0,"
                        + " \"tenant_id\": \"x\", \"product_code\": \"x\", \"transport\": 5,"
                        + " \"deployment_type\": \"x\", \"region\": \""
                        + "x".repeat(501)
                        + "\""));
    assertThat(refusal.errors())
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder(
            "company_name",
            "contact_email",
            "edition",
            "seats",
            "tenant_id",
            "product_code",
            "transport",
            "deployment_type",
            "region");
  }

  @Test
  void paidEditionWithASubscriptionIsBought() {
    assertThat(form(LEAST + ", \"stripe_sub_id\": \"sub_1\", \"seats\": 5").bought())
        .contains(new Terms(Tier.pro, 5, Transport.connected));
  }

  @Test
  void nothingIsBoughtWhileThePaymentIsOpenOrTheEditionIsFree() {
    assertThat(form(LEAST).bought()).isEmpty();
    String free = LEAST.replace("\"pro\"", "\"essentials\"");
    assertThat(form(free + ", \"stripe_sub_id\": \"sub_1\"").bought()).isEmpty();
    TenantForm paid = form(LEAST + ", \"stripe_sub_id\": \"sub_1\", \"seats\": 5");
    assertThat(paid.withoutSubscription().bought()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"edition\":\"pro\",\"contact_email\":\"it@acme.test\",\"company_name\":\"Acme\"",
        LEAST + ", \"product_code\": \"psa\"",
        LEAST + ", \"deployment_type\": \"appliance\", \"transport\": \"connected\"",
        LEAST + ", \"region\": null, \"seats\": null",
        LEAST + ", \"unknown_member\": [1, 2]",
        "\"company_name\": \" \\u0041cme \", \"contact_email\": \"it@acme.test\", \"edition\": \"pro\""
      })
  void bodiesThatMeanTheSameHaveTheSameDigest(String members) {
    assertThat(form(members).digest()).isEqualTo(form(LEAST).digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void numberMeansTheSameHoweverItIsWritten() {
    assertThat(form(LEAST + ", \"seats\": 5.0").digest())
        .isEqualTo(form(LEAST + ", \"seats\": 5").digest())
        .isNotEqualTo(form(LEAST).digest());
  }

  @ParameterizedTest
  @CsvSource({
    "contact_name, '\"Jane\"'",
    "product_code, '\"algadesk\"'",
    "deployment_type, '\"hosted\"'",
    "region, '\"eu\"'",
    "tenant_id, '\"0f8fad5b-d9cb-469f-a165-70867728950e\"'",
    "stripe_customer_id, '\"cus_1\"'",
    "stripe_sub_id, '\"sub_1\"'",
    "seats, 5",
    "transport, '\"airgap\"'"
  })
  void everyMemberCounts(String name, String value) {
    assertThat(form(LEAST + ", \"" + name + "\": " + value).digest())
        .isNotEqualTo(form(LEAST).digest());
  }

  @Test
  void requiredMembersCountToo() {
    String digest = form(LEAST).digest();
    assertThat(form(LEAST.replace("Acme", "Bcme")).digest()).isNotEqualTo(digest);
    assertThat(form(LEAST.replace("it@", "is@")).digest()).isNotEqualTo(digest);
    assertThat(form(LEAST.replace("\"pro\"", "\"premium\"")).digest()).isNotEqualTo(digest);
  }

  @Test
  void oneMemberDoesNotRunIntoTheNext() {
    assertThat(form(LEAST + ", \"stripe_customer_id\": \"ab\", \"stripe_sub_id\": \"c\"").digest())
        .isNotEqualTo(
            form(LEAST + ", \"stripe_customer_id\": \"a\", \"stripe_sub_id\": \"bc\"").digest());
    assertThat(form(LEAST + ", \"contact_name\": \"x\"").digest())
        .isNotEqualTo(form(LEAST + ", \"region\": \"x\"").digest());
  }

  private static TenantForm form(String members) {
    byte[] json = ("{" + members + "}").getBytes(StandardCharsets.UTF_8);
    try {
      return TenantForm.read(BodyReader.read(new ByteArrayInputStream(json), membersOfTheRoute()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> membersOfTheRoute() throws NoSuchMethodException {
    return Set.of(
        RegisterTenantResource.class
            .getMethod("register", Body.class, String.class)
            .getParameters()[0]
            .getAnnotation(Members.class)
            .value());
  }
}
