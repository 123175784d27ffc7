package com.nineminds.alga.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * The figures of the overview at the time {@code taken}; see {@link Overview}.
 *
 * @param silent appliances that are not revoked and were silent for over 7 days: their last
 *     check-in is older, or their registration if they never checked in. The most recent ones come
 *     first
 * @param expiring live codes that expire within 3 days, the next one first
 * @param refused licenses that an appliance with an unknown credential named in the last 30 days. A
 *     license is left out after one of its appliances redeemed a code. The most recent ones come
 *     first
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
   * @param days the last 30 days, the oldest first; the last one is today, which is not over
   * @param registrations in these 30 days
   * @param installs in these 30 days
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
   * @param hours the appliances of {@code lately} by the hour of their last check-in, the oldest
   *     first
   * @param last the up to 500 appliances that checked in last, the latest first
   */
  public record Activity(long active, long lately, List<Hour> hours, List<Line> last) {}

  /**
   * Tenants that never installed: their status is registered.
   *
   * @param forAWeek how many of them registered over 7 days ago
   */
  public record NeverInstalled(long total, long forAWeek) {}

  /**
   * A list for operators.
   *
   * @param total the number of all its lines
   * @param lines the first of them, at most 500
   */
  public record Listed(long total, List<Line> lines) {}

  /** What happened on a day. */
  public record Day(LocalDate date, long registrations, long installs) {}

  /** How many appliances had their last check-in within the hour that begins at {@code from}. */
  public record Hour(Instant from, long checkins) {}

  /**
   * A line of a list.
   *
   * @param name an appliance's id, a masked code, or a license's sub
   * @param tenantId null if the registry does not know the tenant
   * @param companyName null if the registry does not know the tenant
   * @param at the time of the last check-in, of the last contact, of the expiry, or of the last
   *     refusal
   * @param shared whether another tenant has an appliance with that id too
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
