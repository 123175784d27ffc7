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
 * The transactions of {@code POST /install-codes/reissue} and of an operator's re-issue. Each one
 * locks the tenant, mints a code and commits.
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
   * @param expiresAt when its fresh code expires; null if no code was minted
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
   * Mints a fresh code for the tenant, with its present subscription. Every older code is
   * superseded. Two requests at the same time leave one live code. The caller gives an id, an
   * e-mail address or both. If both are given, both must belong to the tenant. Runs its own
   * transaction.
   *
   * <p>Throws {@code unknown_tenant}, {@code tenant_suspended} or {@code tenant_cancelled}.
   */
  Reissued reissue(TenantId id, EmailAddress email) {
    Optional<Reissued> atOnce = email == null ? mintAtOnce(id) : Optional.empty();
    return atOnce.orElseGet(() -> transactions.run(() -> lockAndMint(id, email)));
  }

  /**
   * Mints the code in one statement, and so in one round trip. Returns empty and writes nothing if
   * the tenant got another code while the statement waited for the lock. The statement sees the
   * codes as they were when it began.
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
   * Mints a fresh code for an operator, who decides by the state that a page showed. If the
   * operator sends the same {@code request} again (a double click, a reload), it gives the same
   * code again. If several operators send requests at the same time, one of them gets a code. Runs
   * its own transaction.
   *
   * <p>Throws {@code code_changed} and changes nothing if the newest code is not the code that the
   * page showed. A repeated request throws {@code code_changed} if its code is no longer live. Also
   * throws the errors of {@code reissue}.
   *
   * @param seen {@link IssuedCode#seen} of the newest code that the page showed, or {@link
   *     IssuedCode#NONE_SEEN}
   * @param request the id of the form that was sent
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
