package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.CodeSettings;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.RetryPolicy;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.guessing.RateLimited;
import com.nineminds.alga.license.License;
import com.nineminds.alga.license.Licenses;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Redeems a code in two statements. The first statement reads everything that decides. The second
 * statement writes everything in one transaction. It writes nothing if the code can no longer be
 * consumed. The license is signed between the two statements, while no lock is held. A crash, a
 * failed signature or a lost race leaves the code as it was.
 *
 * <p>The statements that write lock the tables in the same order as all other statements: tenant,
 * entitlement, code, appliance. A deadlock with check-ins of the same appliances is still possible,
 * because a check-in sorts them by credential. The statement is then run again.
 */
@ApplicationScoped
public class Redemption {

  /** Each repeat of a paid code counts for this time. So 10 repeats in an hour are not limited. */
  private static final Duration REPEAT = Duration.ofMinutes(6);

  /**
   * A repeat is refused while the earlier repeats count for more than this time. So 20 repeats at
   * once are allowed.
   */
  private static final Duration REPEATS_ROOM = REPEAT.multipliedBy(19);

  private static final Sql FIND = Sql.file(Redemption.class, "find_code");
  private static final Sql CONSUME_FREE = Sql.file(Redemption.class, "consume_free_code");

  /** Fires the trigger {@code bring_along} where it gives a subscription its tenant. */
  private static final Sql CONSUME_PAID = Sql.file(Redemption.class, "consume_paid_code");

  private static final Sql REPLACE_CREDENTIAL = Sql.file(Redemption.class, "replace_credential");

  @Inject Database database;
  @Inject ClaimCodes codes;
  @Inject CodeSettings codeSettings;
  @Inject Licenses licenses;
  @Inject AuditLog auditLog;
  @Inject MetricRegistry metrics;

  /**
   * Redeems the code for the machine. The machine that redeemed the code before gets the same
   * identity again, with a fresh credential if the code is paid. Must not be called inside a
   * transaction. Throws a problem for each refusal of the contract's table. A refusal uses nothing
   * up. Throws {@link RateLimited} if the appliance repeated its paid code too often lately.
   */
  public Identity redeem(TypedCode typed, RedeemRequest request) {
    return RetryPolicy.run(() -> redeemOnce(typed, request));
  }

  /**
   * Throws {@link LostRace} when another request has consumed, revoked or replaced the code between
   * the two statements.
   */
  private Identity redeemOnce(TypedCode typed, RedeemRequest request) {
    CodeSnapshot found = find(typed, request.tenant()).orElseThrow(() -> codes.unknown(typed));
    found.requireRedeemable(request);
    return found.entitlement() == null ? free(found, request) : paid(found, request);
  }

  private Optional<CodeSnapshot> find(TypedCode typed, TenantId named) {
    List<byte[]> hashes = codes.hashes(typed);
    return database
        .batched(FIND)
        .with("code_hash", hashes.get(0))
        .with("previous_hash", hashes.get(hashes.size() - 1))
        .with("retry_window", codeSettings.retryWindow().toSeconds())
        .with("tenant_id", TenantId.uuid(named))
        .row(row -> CodeSnapshot.of(row, REPEATS_ROOM));
  }

  private Identity free(CodeSnapshot found, RedeemRequest request) {
    if (!found.isRepeatOf(request)) {
      write(consuming(CONSUME_FREE, found, request));
    }
    return identity(found, null, null);
  }

  private Identity paid(CodeSnapshot found, RedeemRequest request) {
    License license = licenses.sign(found.claims());
    Credential credential = Credential.mint();
    SqlCall call =
        found.isRepeatOf(request)
            ? bind(REPLACE_CREDENTIAL, found, request)
                .with("repeats_room", REPEATS_ROOM.toSeconds())
                .with("repeat_cost", REPEAT.toSeconds())
            : consuming(CONSUME_PAID, found, request);
    write(
        call.with("entitlement_id", found.entitlement().id())
            .with("credential_hash", credential.hash())
            .with("token", license.jwt())
            .with("token_exp", license.expires())
            .with("token_terms", license.fingerprint()));
    return identity(found, credential, license);
  }

  private SqlCall consuming(Sql sql, CodeSnapshot found, RedeemRequest request) {
    return bind(sql, found, request).with("named_tenant_id", TenantId.uuid(request.tenant()));
  }

  private SqlCall bind(Sql sql, CodeSnapshot found, RedeemRequest request) {
    return auditLog.bind(
        database
            .batched(sql)
            .with("code_id", found.id())
            .with("tenant_id", TenantId.uuid(found.tenant()))
            .with("appliance_id", request.id().value()),
        Actor.appliance);
  }

  /** Throws {@link LostRace} when the statement wrote nothing. */
  private void write(SqlCall call) {
    boolean shared = call.row(row -> row.flag("shared")).orElseThrow(LostRace::detected);
    if (shared) {
      metrics.counter("alga_appliance_ids_shared").inc();
    }
  }

  private static Identity identity(CodeSnapshot found, Credential credential, License license) {
    return new Identity(
        found.tenant(),
        found.edition(),
        found.customer(),
        found.contactEmail(),
        credential,
        license);
  }
}
