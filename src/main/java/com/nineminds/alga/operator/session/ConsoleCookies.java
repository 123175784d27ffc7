package com.nineminds.alga.operator.session;

import com.nineminds.alga.operator.OperatorSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookies of the console. Scripts cannot read them, and forms of other sites do not send them.
 * One carries the {@link SessionToken} and ends with the browser. One carries a sign-in that was
 * begun at the provider. One says which operator signed in with this browser last. The last two are
 * sealed, so nobody can forge them. Over TLS a prefix of their names keeps other hosts of the
 * domain from setting them.
 */
@ApplicationScoped
public class ConsoleCookies {

  private static final String SESSION = "alga_console";
  private static final String BEGUN = "alga_console_begun";
  private static final Duration BEGUN_LIFE = Duration.ofMinutes(15);
  private static final String KNOWN = "alga_console_known";
  private static final Duration KNOWN_LIFE = Duration.ofDays(180);
  private static final int WITH_THE_BROWSER = -1;

  @Inject OperatorSettings settings;
  @Inject Clock clock;

  /**
   * A browser that an operator signed in with before. The mark is invalid after 180 days, and after
   * a change of the operator's password (or of the client secret at the provider).
   *
   * @param id random, identifies the browser
   * @param operator empty if the operator signed in at the provider
   */
  public record KnownBrowser(String id, String operator) {

    /** Shows the operator's name, and nothing that proves an identity. */
    @Override
    public String toString() {
      return "a browser of " + operator;
    }
  }

  /** The token of the session; empty if the browser has none. */
  public Optional<SessionToken> session(HttpServletRequest request) {
    return read(request, SESSION).flatMap(SessionToken::parse);
  }

  void session(HttpServletResponse response, SessionToken token) {
    write(response, SESSION, token.value(), WITH_THE_BROWSER);
  }

  void forgetSession(HttpServletResponse response) {
    write(response, SESSION, "", 0);
  }

  /**
   * The sign-in that this browser began at the provider; empty if there is none, or if it has
   * expired.
   */
  public Optional<BegunSignIn> begun(HttpServletRequest request) {
    return read(request, BEGUN)
        .flatMap(kept -> begunSeal().open(kept, clock.instant()))
        .flatMap(BegunSignIn::parse);
  }

  /** Stores a begun sign-in in the browser for 15 minutes. */
  public void begun(HttpServletResponse response, BegunSignIn begun) {
    writeSealed(response, BEGUN, begun.text(), begunSeal(), BEGUN_LIFE);
  }

  /** Deletes the begun sign-in from the browser. */
  public void forgetBegun(HttpServletResponse response) {
    write(response, BEGUN, "", 0);
  }

  /**
   * The operator who signed in with this browser last; empty if there is none, or if the password
   * has changed since.
   */
  public Optional<KnownBrowser> known(HttpServletRequest request) {
    return read(request, KNOWN).flatMap(this::known);
  }

  private Optional<KnownBrowser> known(String kept) {
    return operators().flatMap(operator -> known(kept, operator).stream()).findFirst();
  }

  private Optional<KnownBrowser> known(String kept, String operator) {
    return knownSeal(operator)
        .open(kept, clock.instant())
        .map(id -> new KnownBrowser(id, operator));
  }

  /** Stores in the browser that this operator signed in with it. */
  void remember(HttpServletRequest request, HttpServletResponse response, String operator) {
    String whose = settings.provider().isPresent() ? "" : operator;
    String id =
        known(request)
            .filter(browser -> browser.operator().equals(whose))
            .map(KnownBrowser::id)
            .orElseGet(() -> SessionToken.mint().value());
    writeSealed(response, KNOWN, id, knownSeal(whose), KNOWN_LIFE);
  }

  private Stream<String> operators() {
    return settings.provider().isPresent() ? Stream.of("") : settings.operators().keySet().stream();
  }

  private Seal knownSeal(String operator) {
    return new Seal(settings.secretOf(operator), "known browser of " + operator);
  }

  private Seal begunSeal() {
    return new Seal(settings.provider().orElseThrow().clientSecret(), "begun sign-in");
  }

  private void writeSealed(
      HttpServletResponse response, String name, String text, Seal seal, Duration life) {
    String sealed = seal.seal(text, clock.instant().plus(life));
    write(response, name, sealed, (int) life.toSeconds());
  }

  private Optional<String> read(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(prefix() + name))
            .map(Cookie::getValue)
            .findFirst();
  }

  private void write(HttpServletResponse response, String name, String value, int seconds) {
    Cookie cookie = new Cookie(prefix() + name, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(settings.secure());
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(seconds);
    response.addCookie(cookie);
  }

  private String prefix() {
    return settings.secure() ? "__Host-" : "";
  }
}
