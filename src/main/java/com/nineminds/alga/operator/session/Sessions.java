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
 * The sessions of the operators. They are stored in the database, so a session outlives its node
 * and ends on all nodes at once. Each statement joins the caller's transaction, or is its own
 * transaction.
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

  /**
   * The provider gets it back in an address. Many servers accept no address of more than 4,096
   * characters.
   */
  private static final int LONGEST_ID_TOKEN = 3_500;

  @Inject Database database;
  @Inject OperatorSettings settings;
  @Inject ConsoleCookies cookies;
  @Inject AuditLog auditLog;
  @Inject CurrentOperator current;

  /**
   * A live session.
   *
   * @param subject the operator's id at the OpenID provider; null for an operator with a password
   * @param vouched how long ago a password or the provider proved the operator's identity
   */
  public record Session(String operator, String subject, Duration vouched) {}

  /**
   * Starts a session for the browser, and ends its former session. The token is new, so nobody can
   * have planted it. The session and its audit row are one transaction. The cookies are set after
   * it. A live session of the same person at the provider is continued instead, so the forms of its
   * pages stay valid.
   *
   * @param subject the operator's id at the OpenID provider; null for an operator with a password
   * @param idToken the provider's ID token, for the sign-out there; null for an operator with a
   *     password. A very long one is not kept
   */
  public void start(
      String operator,
      String subject,
      String idToken,
      HttpServletRequest request,
      HttpServletResponse response) {
    Optional<SessionToken> former = cookies.session(request);
    String kept = idToken == null || idToken.length() > LONGEST_ID_TOKEN ? null : idToken;
    if (subject == null
        || former.filter(token -> renew(token, operator, subject, kept)).isEmpty()) {
      SessionToken token = SessionToken.mint();
      insert(token, former, operator, subject, kept);
      cookies.session(response, token);
    }
    current.signedIn(operator, subject);
    cookies.remember(request, response, operator);
  }

  private void insert(
      SessionToken token,
      Optional<SessionToken> former,
      String operator,
      String subject,
      String idToken) {
    auditLog
        .bind(database.query(START), Actor.operator)
        .with("token_hash", token.hash())
        .with("former", former.map(SessionToken::hash).orElse(null))
        .with("operator", operator)
        .with("operator_sub", subject)
        .with("id_token", idToken)
        .with("granted_by", grant(operator))
        .with("idle", settings.idle().toSeconds())
        .run();
  }

  private boolean renew(SessionToken token, String operator, String subject, String idToken) {
    return database
        .query(RENEW)
        .with("token_hash", token.hash())
        .with("operator", operator)
        .with("operator_sub", subject)
        .with("id_token", idToken)
        .with("granted_by", grant(operator))
        .with("idle", settings.idle().toSeconds())
        .with("longest", settings.longest().toSeconds())
        .row(row -> row.text("operator"))
        .isPresent();
  }

  /**
   * Returns the session and restarts its idle time. Returns empty if the session is over. A session
   * is also over if its operator was removed or has a new password, or if the settings of the
   * sign-in changed.
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
   * Ends the session of an operator who signs out, on every node. The audit row is in the same
   * transaction. The cookie is deleted after it.
   *
   * @return the ID token of the session; empty if there is none
   */
  public Optional<String> end(HttpServletRequest request, HttpServletResponse response) {
    Optional<String> idToken =
        cookies
            .session(request)
            .flatMap(
                token ->
                    auditLog
                        .bind(database.query(END), Actor.operator)
                        .with("token_hash", token.hash())
                        .row(row -> Optional.ofNullable(row.text("id_token"))))
            .flatMap(kept -> kept);
    cookies.forgetSession(response);
    current.signedOut();
    return idToken;
  }

  /** Ends the session of a person who is no longer an operator, on every node. */
  public void revoke(HttpServletRequest request, HttpServletResponse response) {
    cookies
        .session(request)
        .ifPresent(token -> database.query(REVOKE).with("token_hash", token.hash()).run());
    cookies.forgetSession(response);
  }

  /**
   * Deletes sessions that were idle for too long. A session that reached its longest duration is
   * not used any more, so it becomes idle too. Joins the caller's transaction.
   *
   * @param most the largest number of sessions to delete in this call
   * @return the number of deleted sessions
   */
  public int deleteEnded(int most) {
    return database
        .query(DELETE_ENDED)
        .with("idle", settings.idle().toSeconds())
        .with("most", most)
        .row(row -> row.number("n").intValue())
        .orElseThrow();
  }

  /**
   * A digest of the reason why the operator has access: the hash of the password, or the provider
   * and the group.
   */
  private byte[] grant(String operator) {
    String grant =
        settings
            .provider()
            .map(Object::toString)
            .orElseGet(() -> settings.operators().getOrDefault(operator, ""));
    return Sha256.of(grant);
  }
}
