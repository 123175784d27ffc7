package com.nineminds.alga.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * How things stand, as of {@code taken}; see {@link Overview}.
 *
 * @param silent appliances that are not revoked, of which nothing was heard for over 7 days: no
 *     check-in, or no registration if they never checked in. Those that were heard of last come
 *     first
 * @param expiring live codes that expire within 3 days, the next first
 * @param refused licenses that an appliance named whose credential is not known, in the last 30
 *     days, and of which no appliance redeemed a code since. Those that were named last come first
 */
public record Figures(
    Instant taken,
    Growth growth,
    Activity activity,
    NeverInstalled neverInstalled,
    Listed silent,
    Listed expiring,
    Listed refused) {

  /**
   * Registrations and installs. An install is a code that was redeemed.
   *
   * @param days the last 30, the oldest first; the last one is today and not over yet
   * @param registrations of those 30 days
   * @param installs of those 30 days
   * @param registrationsLately in the last 24 hours
   * @param installsLately in the last 24 hours
   */
  public record Growth(
      List<Day> days,
      long registrations,
      long installs,
      long registrationsLately,
      long installsLately) {}

  /**
   * Check-ins.
   *
   * @param active appliances that are not revoked and checked in within the last 48 hours
   * @param lately appliances that checked in within the last 24 hours
   * @param hours those of {@code lately} by the hour of their last check-in, the oldest first
   * @param last the up to 500 appliances that checked in last, the latest first
   */
  public record Activity(long active, long lately, List<Hour> hours, List<Line> last) {}

  /**
   * Tenants that are registered only.
   *
   * @param forAWeek those of them that registered over 7 days ago
   */
  public record NeverInstalled(long total, long forAWeek) {}

  /**
   * A list that operators look through.
   *
   * @param total how many there are
   * @param lines at most 500 of them
   */
  public record Listed(long total, List<Line> lines) {}

  /** What happened on a day. */
  public record Day(LocalDate date, long registrations, long installs) {}

  /** How many appliances checked in last within the hour from then on. */
  public record Hour(Instant from, long checkins) {}

  /**
   * A line of a list.
   *
   * @param name an appliance's id, a masked code, or a license's sub
   * @param tenantId null where the registry does not know the tenant
   * @param companyName null where the registry does not know the tenant
   * @param at when it checked in last, was heard of last, expires, or was refused last
   * @param shared whether another tenant has an appliance of that id too
   * @param alternating whether its credential was used from two networks in turn within 7 days
   */
  public record Line(
      String name,
      UUID tenantId,
      String companyName,
      Instant at,
      boolean shared,
      boolean alternating) {}
}
