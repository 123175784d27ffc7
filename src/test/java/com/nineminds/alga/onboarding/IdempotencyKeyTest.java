package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.EmailAddress;
import com.nineminds.alga.registry.ProductCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header makes a registration repeatable. */
class IdempotencyKeyTest {

  private static final TenantForm FORM =
      new TenantForm(
          null,
          new TenantForm.Customer(
              "Acme",
              new EmailAddress("it@acme.test"),
              null,
              Edition.essentials,
              ProductCode.psa,
              DeploymentType.appliance,
              null,
              null),
          null,
          null,
          Transport.connected);

  @Test
  void requestWithoutTheHeaderHasNone() {
    assertThat(IdempotencyKey.of(null, FORM)).isNull();
  }

  @Test
  void keyComesWithTheDigestOfItsBody() {
    assertThat(IdempotencyKey.of("order-1", FORM))
        .isEqualTo(new IdempotencyKey("order-1", FORM.digest()));
  }

  @Test
  void keyHasAtMost255Characters() {
    assertThat(IdempotencyKey.of("x".repeat(255), FORM).value()).hasSize(255);
    assertRefused("x".repeat(256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\u00e4", "a\n", "\u007f"})
  void otherCharactersAreRefused(String header) {
    assertRefused(header);
  }

  private static void assertRefused(String header) {
    InvalidRequest refusal =
        catchThrowableOfType(InvalidRequest.class, () -> IdempotencyKey.of(header, FORM));
    assertThat(refusal.errors())
        .containsExactly(
            new FieldError("Idempotency-Key", "must be 1 to 255 visible ASCII characters"));
  }
}
