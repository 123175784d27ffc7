package com.nineminds.alga.overview;

import com.nineminds.alga.code.ClaimCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.db.Sql;
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
 * Computes the figures of the overview at one moment. It runs six statements. Two of them read all
 * appliances, and one reads all tenants.
 */
record Census(Database database, Instant taken, ZoneId zone) {

  private static final int DAYS = 30;
  private static final int HOURS = 24;

  private static final Sql PER_DAY = Sql.file(Census.class, "count_per_day");
  private static final Sql NEVER_INSTALLED = Sql.file(Census.class, "count_never_installed");
  private static final Sql BY_LAST_CHECKIN = Sql.file(Census.class, "count_by_last_checkin");
  private static final Sql APPLIANCES = Sql.file(Census.class, "list_appliances");
  private static final Sql CODES = Sql.file(Census.class, "list_expiring_codes");
  private static final Sql REFUSED = Sql.file(Census.class, "list_refused_credentials");

  /**
   * The number of events of one kind on the nth day, from 1. {@code lately} counts those of the
   * last 24 hours.
   */
  private record Count(String what, int nth, long n, long lately) {}

  /**
   * Counts the appliances whose last check-in was in the nth hour, from 1. {@code nth} is 0 for
   * earlier check-ins, and null for appliances that never checked in.
   */
  private record CheckinCount(Integer nth, long n, long active, long silent) {}

  /** A line, and the other value of its row: the list of the line, or the number of all rows. */
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

  /** Each row has the number of all rows. */
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
        .query(PER_DAY)
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
        .query(NEVER_INSTALLED)
        .with("week_ago", ago(7))
        .row(row -> new NeverInstalled(row.number("n"), row.number("for_a_week")))
        .orElseThrow();
  }

  private List<CheckinCount> checkins() {
    return database
        .query(BY_LAST_CHECKIN)
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
        .query(APPLIANCES)
        .with("week_ago", ago(7))
        .rows(row -> new Read<>(row.text("what"), line(row.text("name"), row)));
  }

  private List<Read<Long>> codes() {
    return database
        .query(CODES)
        .with("taken", taken)
        .with("in_three_days", taken.plus(Duration.ofDays(3)))
        .rows(
            row ->
                new Read<>(row.number("n"), line(ClaimCode.masked(row.text("code_last4")), row)));
  }

  private List<Read<Long>> refused() {
    return database
        .query(REFUSED)
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

  /** The date of the nth of the last 30 days, from 0. */
  private LocalDate date(int nth) {
    return LocalDate.ofInstant(taken, zone).minusDays(DAYS - 1L - nth);
  }

  /** The beginning of the nth of the last 24 hours, from 0. */
  private Instant hour(int nth) {
    return taken.minus(Duration.ofHours(HOURS - (long) nth));
  }

  private Instant ago(int days) {
    return taken.minus(Duration.ofDays(days));
  }
}
