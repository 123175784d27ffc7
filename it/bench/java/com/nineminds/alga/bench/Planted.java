package com.nineminds.alga.bench;

import com.nineminds.alga.code.ClaimCode;
import com.nineminds.alga.code.CodeKey;
import com.nineminds.alga.harness.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Customers like those of a service in use, the oldest first. All data of a customer follow from
 * its number. The benchmark can therefore redeem its code, or check in with its credential.
 *
 * @param tenants number of tenants
 * @param appliances number of tenants with a machine; the others wait for one or need none
 * @param now time of the newest registration
 */
record Planted(int tenants, int appliances, Instant now) {

  /** The size of a group of customers. At least {@link #PAID} customers of each group are paid. */
  private static final int GROUP = 20;

  private static final int PAID = 9;
  private static final Duration AGE = Duration.ofDays(3 * 365);
  private static final Duration CODE_LIFE = Duration.ofDays(30);

  /** A million codes of the service's length would likely contain two equal codes. */
  private static final int CODE_LENGTH = 12;

  private static final CodeKey KEY = new CodeKey(Base64.getDecoder().decode(Stage.CLAIM_CODE_KEY));

  private static final List<String> FIRST =
      List.of(
          "Northern",
          "Cedar",
          "Blue",
          "Harbor",
          "Summit",
          "Iron",
          "Silver",
          "Prairie",
          "Maple",
          "Granite",
          "Coastal",
          "Red",
          "Oak",
          "Valley",
          "Pioneer",
          "Lakeside",
          "Falcon",
          "Amber",
          "Delta",
          "Evergreen",
          "Liberty",
          "Metro",
          "Nova",
          "Quartz",
          "River",
          "Stone",
          "Union",
          "Vista",
          "Western",
          "Zenith",
          "Bright",
          "Copper",
          "Dynamic",
          "Eagle",
          "First");

  private static final List<String> SECOND =
      List.of(
          "Systems",
          "Logistics",
          "Dental",
          "Consulting",
          "Networks",
          "Foods",
          "Legal",
          "Media",
          "Medical",
          "Motors",
          "Partners",
          "Plumbing",
          "Realty",
          "Security",
          "Software",
          "Studios",
          "Supply",
          "Technologies",
          "Travel",
          "Works",
          "Analytics",
          "Builders",
          "Capital",
          "Design");

  private static final List<String> LAST = List.of("Inc.", "LLC", "GmbH", "Ltd.", "Group", "Co.");

  /** The number of machines in each group. */
  private int machines() {
    return (int) ((long) GROUP * appliances / tenants);
  }

  /** The number of the tenant with the nth machine, both from 0. */
  int withMachine(int nth) {
    return nth / machines() * GROUP + nth % machines();
  }

  boolean hasMachine(int i) {
    return i % GROUP < machines();
  }

  boolean isPaid(int i) {
    return i % GROUP < Math.max(PAID, machines());
  }

  String edition(int i) {
    if (!isPaid(i)) {
      return "essentials";
    }
    return i % 4 == 3 ? "premium" : "pro";
  }

  /** Machines run. Of the other tenants, some were installed, and a few are locked out. */
  String status(int i) {
    int chance = chance(i, 100);
    if (hasMachine(i)) {
      return chance < 95 ? "active" : "installed";
    }
    if (chance < 2) {
      return chance == 0 ? "cancelled" : "suspended";
    }
    return chance < 60 && !isPaid(i) ? "installed" : "registered";
  }

  boolean isConsumed(int i) {
    return hasMachine(i) || status(i).equals("installed");
  }

  /** Whether the tenant's code can be redeemed. */
  boolean isLive(int i) {
    return status(i).equals("registered") && expires(i).isAfter(now.plusSeconds(3_600));
  }

  UUID tenant(int i) {
    return id("tenant", i);
  }

  UUID entitlement(int i) {
    return id("entitlement", i);
  }

  UUID codeId(int i) {
    return id("code", i);
  }

  ClaimCode code(int i) {
    return KEY.derive(codeId(i), CODE_LENGTH);
  }

  byte[] codeHash(int i) {
    return KEY.hash(code(i));
  }

  String company(int i) {
    return FIRST.get(chance(i, FIRST.size()))
        + ' '
        + SECOND.get(chance(i + 1, SECOND.size()))
        + ' '
        + i
        + ' '
        + LAST.get(chance(i + 2, LAST.size()));
  }

  String email(int i) {
    return "it@"
        + company(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
        + "example.test";
  }

  String subscription(int i) {
    return "sub_planted_" + i;
  }

  String applianceId(int i) {
    return "box-" + tenant(i).toString().substring(0, 8);
  }

  /** The credential with which the machine checks in. */
  String credential(int i) {
    return HexFormat.of().formatHex(sha256("machine " + i));
  }

  byte[] credentialHash(int i) {
    return sha256(credential(i));
  }

  /** Registrations become more frequent with time. */
  Instant registered(int i) {
    double past = 1 - Math.sqrt((i + 1.0) / tenants);
    return now.minusMillis((long) (AGE.toMillis() * past));
  }

  Instant expires(int i) {
    return registered(i).plus(CODE_LIFE);
  }

  /** A while after the registration, but never in the future. */
  Instant installed(int i) {
    Instant after = registered(i).plusSeconds(chance(i, 100) * 3_600L);
    return after.isAfter(now) ? now : after;
  }

  /** Most machines check in every day. Some have been silent for up to 90 days. */
  Instant checkedIn(int i) {
    int chance = chance(i + 3, 100);
    long seconds = chance < 85 ? chance(i + 4, 86_400) : chance(i + 4, 90 * 86_400);
    Instant last = now.minusSeconds(seconds);
    return last.isBefore(installed(i)) ? installed(i) : last;
  }

  /** A number below {@code bound} that looks random. */
  int chance(int i, int bound) {
    long mixed = (i + 1L) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return (int) Math.floorMod(mixed ^ (mixed >>> 31), (long) bound);
  }

  private static UUID id(String kind, int i) {
    return UUID.nameUUIDFromBytes((kind + ' ' + i).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
