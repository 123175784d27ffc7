package com.nineminds.alga.operator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.operator.OperatorSettings;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sign-in costs the same for every name. The test counts the work, and not the time. */
@SuppressWarnings("UnnecessaryAssignment") // no container injects the fields here
class PasswordsTest {

  private static final String OPERATORS =
      """
      anna:PBKDF2WithHmacSHA256:210000:c2FsdHNhbHRzYWx0c2FsdA==:YW5uYWFubmFhbm5hYW5uYWFubmFhbm5hYW5uYWFubmE=
      boris:PBKDF2WithHmacSHA256:840000:c2FsdHNhbHRzYWx0c2FsdA==:Ym9yaXNib3Jpc2JvcmlzYm9yaXNib3Jpc2JvcmlzYm8=
      carl:PBKDF2WithHmacSHA512:210000:c2FsdHNhbHRzYWx0c2FsdA==:Y2FybGNhcmxjYXJsY2FybGNhcmxjYXJsY2FybGNhcmw=
      dora:PBKDF2WithHmacSHA256:210000:c2FsdHNhbHRzYWx0c2FsdA==:ZG9yYWRvcmFkb3JhZG9yYWRvcmFkb3JhZG9yYWRvcmE=
      """;

  private final OperatorSettings settings =
      OperatorSettings.read(
          GivenSettings.of(
                  "PUBLIC_BASE_URL", "https://license.example", "CONSOLE_OPERATORS", OPERATORS)
              .settings());
  private final Counting hash = new Counting(settings.operators());
  private final Passwords passwords = new Passwords();

  PasswordsTest() {
    passwords.settings = settings;
    passwords.hash = hash;
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna", "boris", "carl", "dora", "nobody", "Anna", " "})
  void everyNameCostsTheSameWork(String name) {
    for (String password : List.of("wrong", "anna's", "right of " + name)) {
      hash.costs.clear();
      validate(name, password);
      assertThat(hash.costs)
          .containsExactlyInAnyOrder(
              "PBKDF2WithHmacSHA256:210000",
              "PBKDF2WithHmacSHA256:840000",
              "PBKDF2WithHmacSHA512:210000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna", "boris", "carl", "dora"})
  void onlyTheirOwnPasswordIsRight(String name) {
    assertThat(validate(name, "right of " + name).getStatus())
        .isEqualTo(CredentialValidationResult.Status.VALID);
    for (String other : List.of("anna", "boris", "carl", "dora")) {
      if (!other.equals(name)) {
        assertThat(validate(name, "right of " + other).getStatus())
            .isEqualTo(CredentialValidationResult.Status.INVALID);
      }
    }
  }

  @Test
  void nobodyHasAPassword() {
    for (String name : List.of("anna", "boris", "carl", "dora")) {
      assertThat(validate("nobody", "right of " + name).getStatus())
          .isEqualTo(CredentialValidationResult.Status.INVALID);
    }
  }

  private CredentialValidationResult validate(String name, String password) {
    return passwords.validate(new UsernamePasswordCredential(name, password));
  }

  /** The password of an operator is "right of" and the operator's name. */
  private static final class Counting implements Pbkdf2PasswordHash {
    final List<String> costs = new ArrayList<>();
    private final Map<String, String> operators;

    Counting(Map<String, String> operators) {
      this.operators = operators;
    }

    @Override
    public String generate(char[] password) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean verify(char[] password, String hashed) {
      String[] parts = hashed.split(":", -1);
      costs.add(parts[0] + ":" + parts[1]);
      return operators.entrySet().stream()
          .filter(operator -> operator.getValue().equals(hashed))
          .anyMatch(operator -> new String(password).equals("right of " + operator.getKey()));
    }
  }
}
