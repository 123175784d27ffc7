package com.nineminds.alga.operator;

import com.nineminds.alga.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The operators who are signed in, on whichever node: kept in the database, so that a session
 * outlives its node and ends on all of them at once. Each statement is a transaction of its own,
 * where there is none around it.
 */
@ApplicationScoped
public class Sessions {

  private static final String FIND =
      """
      UPDATE operator_sessions SET seen_at = now()
      WHERE token_hash = :token_hash AND seen_at > now() - make_interval(secs => :idle)
        AND created_at > now() - make_interval(secs => :longest)
      RETURNING operator, granted_by
      """;

  private static final String START =
      """
      WITH over AS (
        DELETE FROM operator_sessions
        WHERE seen_at < now() - make_interval(secs => :idle)
      )
      INSERT INTO operator_sessions (token_hash, operator, granted_by)
      VALUES (:token_hash, :operator, :granted_by)
      RETURNING operator
      """;

  private static final String DELETE_ENDED =
      """
      WITH ended AS (
        SELECT token_hash FROM operator_sessions
        WHERE seen_at < now() - make_interval(secs => :idle)
        ORDER BY seen_at LIMIT :most
      ), session AS (
        DELETE FROM operator_sessions USING ended
        WHERE operator_sessions.token_hash = ended.token_hash
        RETURNING operator
      )
      SELECT count(*) AS n FROM session
      """;

  private static final String END =
      "DELETE FROM operator_sessions WHERE token_hash = :token_hash RETURNING operator";

  @Inject Database database;
  @Inject OperatorSettings settings;
  @Inject ConsoleCookies cookies;

  /**
   * Starts the session of a browser, and ends the one that it had; the token was never seen before,
   * so nobody can have planted it.
   */
  void start(String operator, HttpServletRequest request, HttpServletResponse response) {
    cookies.session(request).ifPresent(this::end);
    SessionToken token = SessionToken.mint();
    database
        .statement(START)
        .with("token_hash", token.hash())
        .with("operator", operator)
        .with("granted_by", grant(operator))
        .with("idle", settings.idle().toSeconds())
        .run();
    cookies.session(response, token);
  }

  /**
   * Whose session it is, which keeps it from idling out; empty for one that is over, also because
   * its operator was removed, has another password, or is to sign in elsewhere by now.
   */
  Optional<String> find(SessionToken token) {
    return database
        .statement(FIND)
        .with("token_hash", token.hash())
        .with("idle", settings.idle().toSeconds())
        .with("longest", settings.longest().toSeconds())
        .row(row -> grants(row.text("operator"), row.bytes("granted_by")))
        .flatMap(operator -> operator);
  }

  /** Ends it, on every node. */
  void end(SessionToken token) {
    database.statement(END).with("token_hash", token.hash()).run();
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
        .statement(DELETE_ENDED)
        .with("idle", settings.idle().toSeconds())
        .with("most", most)
        .row(row -> row.number("n").intValue())
        .orElseThrow();
  }

  private Optional<String> grants(String operator, byte[] grantedBy) {
    return MessageDigest.isEqual(grantedBy, grant(operator))
        ? Optional.of(operator)
        : Optional.empty();
  }

  /** A digest of what lets the operator in: the password's hash, or the provider and the group. */
  private byte[] grant(String operator) {
    String grant =
        settings
            .provider()
            .map(Object::toString)
            .orElseGet(() -> settings.operators().getOrDefault(operator, ""));
    try {
      return MessageDigest.getInstance("SHA-256").digest(grant.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
