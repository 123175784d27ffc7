package com.nineminds.alga.onboarding;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.CodeProblem.CodeChanged;
import com.nineminds.alga.code.CodeState;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.EmailAddress;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The transactions behind {@code POST /install-codes/reissue} and behind an operator's re-issue:
 * lock the tenant, mint, commit.
 */
@ApplicationScoped
public class Reissue {

  /** The tenant and its fresh code. */
  public record Reissued(TenantId tenant, Edition edition, String companyName, MintedCode code) {

    private static Reissued of(Tenant tenant, MintedCode code) {
      return new Reissued(tenant.tenantId(), tenant.edition(), tenant.companyName(), code);
    }
  }

  private static final Sql REISSUE = Sql.file(Reissue.class, "reissue_code");

  /**
   * A tenant that the statement has locked.
   *
   * @param expiresAt of its fresh code; null when none was minted
   */
  private record Locked(
      TenantStatus status, Edition edition, String companyName, Instant expiresAt) {

    private static Locked of(Row row) {
      return new Locked(
          row.word("status", TenantStatus.class),
          row.word("edition", Edition.class),
          row.text("company_name"),
          row.instant("expires_at"));
    }
  }

  @Inject Transactions transactions;
  @Inject Database database;
  @Inject AuditLog auditLog;
  @Inject Tenants tenants;
  @Inject ClaimCodes codes;
  @Inject IdempotencyKeys keys;

  /**
   * Mints a fresh code for the tenant, with the subscription that it has now; every older one is
   * superseded. Two at once leave one live code. At least one of the two is given; where both are,
   * both must fit.
   *
   * <p>Throws {@code unknown_tenant}, {@code tenant_suspended} or {@code tenant_cancelled}.
   */
  Reissued reissue(TenantId id, EmailAddress email) {
    Optional<Reissued> atOnce = email == null ? mintAtOnce(id) : Optional.empty();
    return atOnce.orElseGet(() -> transactions.run(() -> lockAndMint(id, email)));
  }

  /**
   * In one statement, and so in one round trip; empty, and nothing was written, when the tenant got
   * another code while it waited for the lock: it sees the codes as they were when it began.
   */
  private Optional<Reissued> mintAtOnce(TenantId id) {
    MintedCode draft = codes.draft();
    SqlCall call =
        auditLog.bind(
            codes.bind(database.batched(REISSUE), draft).with("tenant_id", id.value()),
            Actor.service);
    try {
      Locked tenant = call.row(Locked::of).orElseThrow(UnknownTenant::new);
      tenant.status().requireOpen();
      return Optional.ofNullable(tenant.expiresAt())
          .map(expiresAt -> new MintedCode(draft.id(), draft.code(), expiresAt))
          .map(code -> new Reissued(id, tenant.edition(), tenant.companyName(), code));
    } catch (LostRace race) {
      return Optional.empty();
    }
  }

  private Reissued lockAndMint(TenantId id, EmailAddress email) {
    Tenant tenant =
        (id == null ? tenants.lockByEmail(email) : tenants.lock(id))
            .filter(found -> email == null || found.isContactedAt(email))
            .orElseThrow(UnknownTenant::new);
    return mint(tenant);
  }

  private Reissued mint(Tenant tenant) {
    tenant.status().requireOpen();
    return Reissued.of(tenant, codes.mint(tenant.tenantId()));
  }

  /**
   * The same for an operator, who decides by what a page showed. The same {@code request} again (a
   * double click, a reload) gives the same code again. Of several operators at once, one gets a
   * code.
   *
   * <p>Throws {@code code_changed}, and nothing was changed, when the newest code is not the one
   * that was seen, or when that of a repeated request is no longer live; and what {@code reissue}
   * throws.
   *
   * @param seen what the page showed of the newest code: {@link IssuedCode#seen}
   * @param request of the form that was sent
   */
  public Reissued reissueSeen(TenantId id, String seen, UUID request) {
    return transactions.run(() -> mintOnce(id, seen, "operator:" + request));
  }

  private Reissued mintOnce(TenantId id, String seen, String request) {
    Tenant tenant = tenants.lock(id).orElseThrow(UnknownTenant::new);
    Optional<IssuedCode> newest = codes.newest(id);
    Optional<String> done = keys.digestOf(request);
    if (done.isPresent()) {
      return newest
          .filter(code -> IdempotencyKey.digest(id, code.id()).equals(done.get()))
          .filter(code -> code.state() == CodeState.live)
          .flatMap(codes::reveal)
          .map(code -> Reissued.of(tenant, code))
          .orElseThrow(CodeChanged::new);
    }
    if (!newest.map(IssuedCode::seen).orElse(IssuedCode.NONE_SEEN).equals(seen)) {
      throw new CodeChanged();
    }
    Reissued reissued = mint(tenant);
    keys.store(new IdempotencyKey(request, IdempotencyKey.digest(id, reissued.code().id())), id);
    return reissued;
  }
}
