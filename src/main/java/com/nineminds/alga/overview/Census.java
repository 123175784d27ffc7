package com.nineminds.alga.overview;

import com.nineminds.alga.code.ClaimCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.overview.Figures.Activity;
import com.nineminds.alga.overview.Figures.Day;
import com.nineminds.alga.overview.Figures.Growth;
import com.nineminds.alga.overview.Figures.Hour;
import com.nineminds.alga.overview.Figures.Line;
import com.nineminds.alga.overview.Figures.Listed;
import com.nineminds.alga.overview.Figures.NeverInstalled;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes the figures of a moment: six statements, of which two read all appliances and one all
 * tenants.
 */
record Census(Database database, Instant taken, ZoneId zone) {

  private static final int DAYS = 30;
  private static final int HOURS = 24;

  private static final String PER_DAY =
      """
      SELECT 'registrations' AS what, width_bucket(registered_at, :days) AS nth, count(*) AS n,
             count(*) FILTER (WHERE registered_at > :day_ago) AS lately
      FROM tenant_registry WHERE registered_at >= :since GROUP BY nth
      UNION ALL
      SELECT 'installs', width_bucket(at, :days) AS nth, count(*),
             count(*) FILTER (WHERE at > :day_ago)
      FROM audit_log WHERE at >= :since AND event = 'code_redeemed' GROUP BY nth
      """;

  private static final String NEVER_INSTALLED =
      """
      SELECT count(*) AS n, count(*) FILTER (WHERE registered_at < :week_ago) AS for_a_week
      FROM tenant_registry WHERE status = 'registered'
      """;

  private static final String BY_LAST_CHECKIN =
      """
      SELECT width_bucket(last_checkin_at, :hours) AS nth, count(*) AS n,
             count(*) FILTER (WHERE revoked_at IS NULL
               AND last_checkin_at > :two_days_ago) AS active,
             count(*) FILTER (WHERE revoked_at IS NULL
               AND coalesce(last_checkin_at, registered_at) < :week_ago) AS silent
      FROM appliances GROUP BY nth
      """;

  private static final String APPLIANCES =
      """
      SELECT what, appliance_id AS name, t.tenant_id, t.company_name, at,
             alternated_at > :week_ago AS alternating,
             EXISTS (SELECT FROM appliances other
                     WHERE other.appliance_id = a.appliance_id AND other.scope_id <> a.scope_id)
               AS shared
      FROM (
        (SELECT 'checkin' AS what, appliance_id, scope_id, tenant_id, entitlement_id, alternated_at,
                last_checkin_at AS at
         FROM appliances WHERE last_checkin_at IS NOT NULL ORDER BY at DESC LIMIT 500)
        UNION ALL
        (SELECT 'silent', appliance_id, scope_id, tenant_id, entitlement_id, alternated_at,
                coalesce(last_checkin_at, registered_at) AS at
         FROM appliances
         WHERE revoked_at IS NULL AND coalesce(last_checkin_at, registered_at) < :week_ago
         ORDER BY at DESC LIMIT 500)) a
      LEFT JOIN entitlements e ON e.id = a.entitlement_id
      LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(a.tenant_id, e.tenant_id)
      ORDER BY at DESC
      """;

  private static final String CODES =
      """
      SELECT n, code_last4, t.tenant_id, t.company_name, c.expires_at AS at,
             false AS shared, false AS alternating
      FROM (
        SELECT count(*) OVER () AS n, code_last4, tenant_id, entitlement_id, expires_at
        FROM claim_codes
        WHERE expires_at > :taken AND expires_at <= :in_three_days
          AND consumed_at IS NULL AND revoked_at IS NULL
        ORDER BY expires_at LIMIT 500) c
      LEFT JOIN entitlements e ON e.id = c.entitlement_id
      LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(c.tenant_id, e.tenant_id)
      ORDER BY c.expires_at
      """;

  private static final String REFUSED =
      """
      SELECT n, license_sub AS name, t.tenant_id, t.company_name, at, false AS shared,
             false AS alternating
      FROM (
        SELECT count(*) OVER () AS n, e.license_sub, e.tenant_id, asked.at
        FROM (
          SELECT subject, max(at) AS at FROM audit_log
          WHERE event = 'credential_refused' AND at > :month_ago GROUP BY subject) asked
        JOIN entitlements e ON e.license_sub = asked.subject
        WHERE e.active AND NOT EXISTS (
          SELECT FROM appliances a WHERE a.entitlement_id = e.id AND a.registered_at > asked.at)
        ORDER BY asked.at DESC LIMIT 500) r
      LEFT JOIN tenant_registry t ON t.tenant_id = r.tenant_id
      ORDER BY at DESC
      """;

  /** What happened on the nth of the days, from 1. */
  private record Count(String what, int nth, long n, long lately) {}

  /** Of the appliances that checked in last in the nth of the hours, from 1; else 0 or null. */
  private record CheckinCount(Integer nth, long n, long active, long silent) {}

  /** A line and what its row says besides: which list it is of, or how many rows there are. */
  private record Read<T>(T of, Line line) {}

  Figures take() {
    List<Count> counts = perDay();
    List<CheckinCount> checkins = checkins();
    List<Read<String>> appliances = appliances();
    return new Figures(
        taken,
        growth(of("registrations", counts), of("installs", counts)),
        activity(checkins, lines("checkin", appliances)),
        neverInstalled(),
        new Listed(
            checkins.stream().mapToLong(CheckinCount::silent).sum(), lines("silent", appliances)),
        listed(codes()),
        listed(refused()));
  }

  private Growth growth(List<Count> registrations, List<Count> installs) {
    return new Growth(
        IntStream.range(0, DAYS)
            .mapToObj(i -> new Day(date(i), nth(registrations, i + 1), nth(installs, i + 1)))
            .toList(),
        registrations.stream().mapToLong(Count::n).sum(),
        installs.stream().mapToLong(Count::n).sum(),
        registrations.stream().mapToLong(Count::lately).sum(),
        installs.stream().mapToLong(Count::lately).sum());
  }

  private Activity activity(List<CheckinCount> checkins, List<Line> last) {
    return new Activity(
        checkins.stream().mapToLong(CheckinCount::active).sum(),
        IntStream.rangeClosed(1, HOURS).mapToLong(i -> nthCheckins(checkins, i)).sum(),
        IntStream.range(0, HOURS)
            .mapToObj(i -> new Hour(hour(i), nthCheckins(checkins, i + 1)))
            .toList(),
        last);
  }

  /** Each row says how many there are. */
  private static Listed listed(List<Read<Long>> rows) {
    return new Listed(
        rows.isEmpty() ? 0 : rows.get(0).of(), rows.stream().map(Read::line).toList());
  }

  private List<Count> perDay() {
    Instant[] days =
        IntStream.range(0, DAYS)
            .mapToObj(i -> date(i).atStartOfDay(zone).toInstant())
            .toArray(Instant[]::new);
    return database
        .queryPlannedForItsValues(PER_DAY)
        .with("days", days)
        .with("since", days[0])
        .with("day_ago", ago(1))
        .rows(
            row ->
                new Count(
                    row.text("what"), row.integer("nth"), row.number("n"), row.number("lately")));
  }

  private NeverInstalled neverInstalled() {
    return database
        .queryPlannedForItsValues(NEVER_INSTALLED)
        .with("week_ago", ago(7))
        .row(row -> new NeverInstalled(row.number("n"), row.number("for_a_week")))
        .orElseThrow();
  }

  private List<CheckinCount> checkins() {
    return database
        .queryPlannedForItsValues(BY_LAST_CHECKIN)
        .with("hours", IntStream.range(0, HOURS).mapToObj(this::hour).toArray(Instant[]::new))
        .with("two_days_ago", ago(2))
        .with("week_ago", ago(7))
        .rows(
            row ->
                new CheckinCount(
                    row.integer("nth"),
                    row.number("n"),
                    row.number("active"),
                    row.number("silent")));
  }

  private List<Read<String>> appliances() {
    return database
        .queryPlannedForItsValues(APPLIANCES)
        .with("week_ago", ago(7))
        .rows(row -> new Read<>(row.text("what"), line(row.text("name"), row)));
  }

  private List<Read<Long>> codes() {
    return database
        .queryPlannedForItsValues(CODES)
        .with("taken", taken)
        .with("in_three_days", taken.plus(Duration.ofDays(3)))
        .rows(
            row ->
                new Read<>(row.number("n"), line(ClaimCode.masked(row.text("code_last4")), row)));
  }

  private List<Read<Long>> refused() {
    return database
        .queryPlannedForItsValues(REFUSED)
        .with("month_ago", ago(30))
        .rows(row -> new Read<>(row.number("n"), line(row.text("name"), row)));
  }

  private static Line line(String name, Row row) {
    return new Line(
        name,
        row.uuid("tenant_id"),
        row.text("company_name"),
        row.instant("at"),
        row.flag("shared"),
        row.flag("alternating"));
  }

  private static List<Line> lines(String what, List<Read<String>> appliances) {
    return appliances.stream().filter(a -> a.of().equals(what)).map(Read::line).toList();
  }

  private static List<Count> of(String what, List<Count> counts) {
    return counts.stream().filter(count -> count.what().equals(what)).toList();
  }

  private static long nth(List<Count> counts, int nth) {
    return counts.stream().filter(c -> c.nth() == nth).mapToLong(Count::n).sum();
  }

  private static long nthCheckins(List<CheckinCount> counts, int nth) {
    return counts.stream()
        .filter(c -> c.nth() != null && c.nth() == nth)
        .mapToLong(CheckinCount::n)
        .sum();
  }

  /** The nth of the last days, from 0. */
  private LocalDate date(int nth) {
    return LocalDate.ofInstant(taken, zone).minusDays(DAYS - 1L - nth);
  }

  /** When the nth of the last hours began, from 0. */
  private Instant hour(int nth) {
    return taken.minus(Duration.ofHours(HOURS - (long) nth));
  }

  private Instant ago(int days) {
    return taken.minus(Duration.ofDays(days));
  }
}
