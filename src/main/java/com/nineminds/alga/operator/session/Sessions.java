package com.nineminds.alga.operator.session;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.audit.CurrentOperator;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.digest.Sha256;
import com.nineminds.alga.operator.OperatorSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/**
 * The operators who are signed in, on whichever node: kept in the database, so that a session
 * outlives its node and ends on all of them at once. Each statement is a transaction of its own,
 * where there is none around it.
 */
@ApplicationScoped
public class Sessions {

  private static final Sql KEEP_ALIVE = Sql.file(Sessions.class, "keep_session_alive");
  private static final Sql RENEW = Sql.file(Sessions.class, "renew_session");
  private static final Sql START = Sql.file(Sessions.class, "start_session");
  private static final Sql END = Sql.file(Sessions.class, "end_session");
  private static final Sql DELETE_ENDED = Sql.file(Sessions.class, "delete_ended_sessions");
  private static final Sql REVOKE =
      Sql.text("DELETE FROM operator_sessions WHERE token_hash = :token_hash RETURNING operator");

  @Inject Database database;
  @Inject OperatorSettings settings;
  @Inject ConsoleCookies cookies;
  @Inject AuditLog auditLog;
  @Inject CurrentOperator current;

  /**
   * A session that lives.
   *
   * @param subject by which the provider knows the operator; null for one with a password
   * @param vouched how long ago a password or the provider proved who it is
   */
  public record Session(String operator, String subject, Duration vouched) {}

  /**
   * Starts the session of a browser, and ends the one that it had. The token was never seen before,
   * so nobody can have planted it. The session and its audit row are one transaction, and the
   * cookies come after it. A session of the same person at the provider goes on instead, with the
   * forms of its pages.
   *
   * @param subject by which the provider knows the operator; null for one with a password
   */
  public void start(
      String operator, String subject, HttpServletRequest request, HttpServletResponse response) {
    Optional<SessionToken> former = cookies.session(request);
    if (subject == null || former.filter(token -> renew(token, operator, subject)).isEmpty()) {
      SessionToken token = SessionToken.mint();
      insert(token, former, operator, subject);
      cookies.session(response, token);
    }
    current.signedIn(operator, subject);
    cookies.remember(request, response, operator);
  }

  private void insert(
      SessionToken token, Optional<SessionToken> former, String operator, String subject) {
    auditLog
        .bind(database.query(START), Actor.operator)
        .with("token_hash", token.hash())
        .with("former", former.map(SessionToken::hash).orElse(null))
        .with("operator", operator)
        .with("operator_sub", subject)
        .with("granted_by", grant(operator))
        .with("idle", settings.idle().toSeconds())
        .run();
  }

  private boolean renew(SessionToken token, String operator, String subject) {
    return database
        .query(RENEW)
        .with("token_hash", token.hash())
        .with("operator", operator)
        .with("operator_sub", subject)
        .with("granted_by", grant(operator))
        .with("idle", settings.idle().toSeconds())
        .with("longest", settings.longest().toSeconds())
        .row(row -> row.text("operator"))
        .isPresent();
  }

  /**
   * Gives the session, and keeps it from idling out; empty for one that is over, also because its
   * operator was removed, has another password, or is to sign in elsewhere by now.
   */
  public Optional<Session> keepAlive(SessionToken token) {
    return database
        .query(KEEP_ALIVE)
        .with("token_hash", token.hash())
        .with("idle", settings.idle().toSeconds())
        .with("longest", settings.longest().toSeconds())
        .row(this::granted)
        .flatMap(session -> session);
  }

  private Optional<Session> granted(Row row) {
    String operator = row.text("operator");
    Duration vouched = Duration.ofSeconds(row.number("vouched_seconds"));
    return MessageDigest.isEqual(row.bytes("granted_by"), grant(operator))
        ? Optional.of(new Session(operator, row.text("operator_sub"), vouched))
        : Optional.empty();
  }

  /**
   * Ends the session of the operator who signs out, on every node, with its audit row in the same
   * transaction. The cookie goes after it.
   */
  void end(HttpServletRequest request, HttpServletResponse response) {
    cookies
        .session(request)
        .ifPresent(
            token ->
                auditLog
                    .bind(database.query(END), Actor.operator)
                    .with("token_hash", token.hash())
                    .run());
    cookies.forgetSession(response);
  }

  /** Ends the session of somebody who is no operator any more, on every node. */
  public void revoke(HttpServletRequest request, HttpServletResponse response) {
    cookies
        .session(request)
        .ifPresent(token -> database.query(REVOKE).with("token_hash", token.hash()).run());
    cookies.forgetSession(response);
  }

  /**
   * Deletes sessions that are over by their time; one that lasted too long is not seen again, so it
   * idles out too. Joins the caller's transaction.
   *
   * @param most how many at once
   * @return how many
   */
  public int deleteEnded(int most) {
    return database
        .query(DELETE_ENDED)
        .with("idle", settings.idle().toSeconds())
        .with("most", most)
        .row(row -> row.number("n").intValue())
        .orElseThrow();
  }

  /** A digest of what lets the operator in: the password's hash, or the provider and the group. */
  private byte[] grant(String operator) {
    String grant =
        settings
            .provider()
            .map(Object::toString)
            .orElseGet(() -> settings.operators().getOrDefault(operator, ""));
    return Sha256.of(grant);
  }
}
