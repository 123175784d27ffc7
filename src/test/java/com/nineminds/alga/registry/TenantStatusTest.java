package com.nineminds.alga.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.registry.RegistryProblem.TenantCancelled;
import com.nineminds.alga.registry.RegistryProblem.TenantSuspended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which tenants may go on. */
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
}
