package com.nineminds.alga.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.registry.RegistryProblem.StandingChanged;
import com.nineminds.alga.registry.RegistryProblem.TenantCancelled;
import com.nineminds.alga.registry.RegistryProblem.TenantSuspended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Some tenants are open. An operator may suspend, resume or cancel a tenant in some statuses. */
class TenantStatusTest {

  @ParameterizedTest
  @EnumSource(names = {"registered", "installed", "active"})
  void openTenantMayGoOn(TenantStatus status) {
    assertThat(status.isOpen()).isTrue();
    assertThatCode(status::requireOpen).doesNotThrowAnyException();
  }

  @Test
  void suspendedTenantIsRefused() {
    assertThat(TenantStatus.suspended.isOpen()).isFalse();
    assertThatThrownBy(TenantStatus.suspended::requireOpen).isInstanceOf(TenantSuspended.class);
  }

  @Test
  void cancelledTenantIsRefused() {
    assertThat(TenantStatus.cancelled.isOpen()).isFalse();
    assertThatThrownBy(TenantStatus.cancelled::requireOpen).isInstanceOf(TenantCancelled.class);
  }

  @ParameterizedTest
  @CsvSource({
    "registered, true, false, true, open",
    "installed, true, false, true, open",
    "active, true, false, true, open",
    "suspended, false, true, true, suspended",
    "cancelled, false, true, false, cancelled"
  })
  void operatorDecidesByTheStanding(
      TenantStatus status, boolean suspend, boolean resume, boolean cancel, String standing) {
    assertThat(status.canSuspend()).as("suspend").isEqualTo(suspend);
    assertThat(status.canResume()).as("resume").isEqualTo(resume);
    assertThat(status.canCancel()).as("cancel").isEqualTo(cancel);
    assertThat(status.standing()).isEqualTo(standing);
  }

  @ParameterizedTest
  @EnumSource(TenantStatus.class)
  void refusedDecisionIsOnePlainSentenceThatSaysWhatTheTenantIs(TenantStatus now) {
    StandingChanged problem = new StandingChanged(now);
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.code()).isEqualTo("standing_changed");
    assertThat(problem)
        .message()
        .matches("[A-Z][^.!?\n]*\\.")
        .contains("is " + now, "nothing was changed");
  }
}
