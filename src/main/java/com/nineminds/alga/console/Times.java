package com.nineminds.alga.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.ocpsoft.prettytime.PrettyTime;

/**
 * Times as a page shows them. Pages use it as {@code times}. They are in the operator's zone and in
 * the page's language. The browser sends the zone in a cookie; until then it is UTC.
 */
@Named
@RequestScoped
public class Times {

  private static final String COOKIE = "alga_zone";

  private static final ZoneId UTC = ZoneId.of("UTC");

  @Inject HttpServletRequest request;
  @Inject Clock clock;

  private ZoneId zone;

  /** {@code 3 days ago}, {@code 4 weeks from now}. */
  public String words(Instant time) {
    PrettyTime words = new PrettyTime(clock.instant());
    words.setLocale(locale());
    return words.format(time);
  }

  /** {@code Tuesday, 24 November 2026, 09:15:02 CET}. */
  public String exact(Instant time) {
    return DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss z", locale())
        .withZone(zone())
        .format(time);
  }

  /** {@code 2026-11-24T08:15:02Z}, for programs. */
  public String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The operator's zone. */
  public ZoneId zone() {
    if (zone == null) {
      zone = read();
    }
    return zone;
  }

  private ZoneId read() {
    Cookie[] cookies = request.getCookies();
    try {
      return Arrays.stream(cookies == null ? new Cookie[0] : cookies)
          .filter(cookie -> cookie.getName().equals(COOKIE))
          .findFirst()
          .map(cookie -> ZoneId.of(URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8)))
          .orElse(UTC);
    } catch (DateTimeException | IllegalArgumentException e) {
      return UTC;
    }
  }

  private static Locale locale() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale();
  }
}
