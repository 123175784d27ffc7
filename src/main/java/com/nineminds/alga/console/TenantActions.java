package com.nineminds.alga.console;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.appliance.ApplianceProblem.UnknownAppliance;
import com.nineminds.alga.appliance.Revocation;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.CodeProblem.CodeChanged;
import com.nineminds.alga.download.DownloadLinks;
import com.nineminds.alga.onboarding.Reissue;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantLifecycle;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out an action that an operator confirmed. The module that owns the data does the work.
 */
@ApplicationScoped
class TenantActions {

  @Inject Reissue reissue;
  @Inject DownloadLinks downloads;
  @Inject ClaimCodes codes;
  @Inject Revocation revocation;
  @Inject TenantLifecycle lifecycle;

  /**
   * Carries out the action in its own transaction. Returns the new code of a re-issue; empty for
   * any other action. Throws a {@link com.nineminds.alga.http.problem.Problem} if the tenant has
   * changed since the operator saw it.
   */
  Optional<FreshCode> carryOut(TenantQuestion question) {
    TenantId tenant = question.tenant();
    switch (question.verb()) {
      case reissue -> {
        return Optional.of(freshCode(question));
      }
      case revoke_code -> codes.revoke(tenant, code(question.target()));
      case revoke_appliance -> revocation.revokeAppliance(appliance(question.target()), tenant);
      case suspend -> lifecycle.suspend(tenant, seen(question));
      case resume -> lifecycle.resume(tenant, seen(question));
      case cancel -> lifecycle.cancel(tenant, seen(question));
    }
    return Optional.empty();
  }

  private FreshCode freshCode(TenantQuestion question) {
    Reissue.Reissued reissued =
        reissue.reissueSeen(question.tenant(), question.seen(), question.request());
    Instant expiresAt = reissued.code().expiresAt();
    return new FreshCode(
        reissued.code().code().value(),
        expiresAt,
        downloads.until(expiresAt),
        downloads.end(expiresAt));
  }

  private static UUID code(String target) {
    try {
      return UUID.fromString(target);
    } catch (IllegalArgumentException e) {
      throw new CodeChanged();
    }
  }

  private static ApplianceId appliance(String target) {
    try {
      return new ApplianceId(target);
    } catch (IllegalArgumentException e) {
      throw new UnknownAppliance();
    }
  }

  private static TenantStatus seen(TenantQuestion question) {
    return TenantStatus.valueOf(question.seen());
  }
}
