package com.nineminds.alga.operator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cookies of the console, out of reach of scripts and not sent by other sites' forms: one
 * carries the {@link SessionToken} and ends with the browser, one a sign-in that was begun at the
 * provider. Over TLS the prefix of their names keeps other hosts of the domain from setting them.
 */
@ApplicationScoped
class ConsoleCookies {

  private static final String SESSION = "alga_console";
  private static final String BEGUN = "alga_console_begun";
  private static final Duration BEGUN_LIFE = Duration.ofMinutes(15);
  private static final int WITH_THE_BROWSER = -1;

  @Inject OperatorSettings settings;

  Optional<SessionToken> session(HttpServletRequest request) {
    return read(request, SESSION).flatMap(SessionToken::parse);
  }

  void session(HttpServletResponse response, SessionToken token) {
    write(response, SESSION, token.value(), WITH_THE_BROWSER);
  }

  void forgetSession(HttpServletResponse response) {
    write(response, SESSION, "", 0);
  }

  Optional<BegunSignIn> begun(HttpServletRequest request) {
    return read(request, BEGUN).flatMap(BegunSignIn::parse);
  }

  void begun(HttpServletResponse response, BegunSignIn begun) {
    write(response, BEGUN, begun.text(), (int) BEGUN_LIFE.toSeconds());
  }

  void forgetBegun(HttpServletResponse response) {
    write(response, BEGUN, "", 0);
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
