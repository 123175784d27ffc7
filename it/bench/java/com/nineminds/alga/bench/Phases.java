package com.nineminds.alga.bench;

import com.nineminds.alga.bench.Phase.Request;
import com.nineminds.alga.harness.KeptAlive.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One round: tenants register, install, check in, and get new codes. Each phase uses the answers to
 * the phases before it.
 */
final class Phases {

  /** Makes every stored license stale. The next check-in then has to sign a new one. */
  static final String STALE = "UPDATE entitlements SET current_token = NULL, token_terms = 'stale'";

  private final String round = UUID.randomUUID().toString().substring(0, 13);
  private final int n;
  private final int rate;
  private final int pacedSeconds;

  private final String[] paidCodes;
  private final String[] paidTenants;
  private final String[] freeCodes;
  private final String[] freeTenants;
  private final String[] credentials;
  private final String[] licenses;

  Phases(int n, int rate, int pacedSeconds) {
    this.n = n;
    this.rate = rate;
    this.pacedSeconds = pacedSeconds;
    paidCodes = new String[n];
    paidTenants = new String[n];
    freeCodes = new String[n];
    freeTenants = new String[n];
    credentials = new String[n];
    licenses = new String[n];
  }

  List<Phase> all() {
    return List.of(
        registerTenant("pro", paidCodes, paidTenants),
        registerTenant("essentials", freeCodes, freeTenants),
        register("pro", paidCodes, this::installedPaid),
        register("essentials", freeCodes, this::installedFree),
        new Phase("check-in re-sign", n, 0, STALE, i -> checkIn(credentials[i]), this::signedAnew),
        new Phase("check-in", 2 * n, i -> checkIn(any(credentials)), Phases::licensed),
        new Phase(
            "check-in at " + rate + "/s",
            rate * pacedSeconds,
            rate,
            null,
            i -> checkIn(any(credentials)),
            Phases::licensed),
        // one for each tenant: of two at a time for one tenant, the later one starts over, and the
        // floor cannot start over
        new Phase("reissue", n, i -> reissue(paidTenants[i]), Phases::reissued));
  }

  private Phase registerTenant(String edition, String[] codes, String[] tenants) {
    return new Phase(
        "register-tenant " + edition,
        n,
        i -> new Request("/register-tenant", order(edition, round + "-" + i), true),
        (i, answer) -> {
          codes[i] = answer.text("install_code");
          tenants[i] = answer.text("tenant_id");
          return answer.status() == 201 && codes[i] != null && tenants[i] != null
              ? presigned(answer)
              : "no code";
        });
  }

  /** The request of a storefront for a new customer. */
  static String order(String edition, String unique) {
    String bought =
        edition.equals("essentials")
            ? ""
            : ",\"stripe_sub_id\":\"sub_" + unique + "\",\"seats\":25";
    return "{\"company_name\":\"Company "
        + unique
        + "\",\"contact_name\":\"Con Tact\",\"contact_email\":\"it-"
        + edition
        + "-"
        + unique
        + "@example.test\",\"edition\":\""
        + edition
        + "\""
        + bought
        + "}";
  }

  private Phase register(String edition, String[] codes, Phase.Check check) {
    return new Phase(
        "register " + edition,
        n,
        i -> redeem(codes[i], "appliance-" + edition + "-" + round + "-" + i),
        check);
  }

  static Request redeem(String code, String applianceId) {
    return new Request(
        "/register",
        "{\"claim_code\":\"" + code + "\",\"appliance_id\":\"" + applianceId + "\"}",
        false);
  }

  static Request checkIn(String credential) {
    return new Request("/check-in", "{\"appliance_credential\":\"" + credential + "\"}", false);
  }

  static Request reissue(String tenant) {
    return new Request("/install-codes/reissue", "{\"tenant_id\":\"" + tenant + "\"}", true);
  }

  private String installedPaid(int i, Answer answer) {
    credentials[i] = answer.text("appliance_credential");
    licenses[i] = answer.text("first_jwt");
    if (answer.status() != 200 || !paidTenants[i].equals(answer.text("tenant_id"))) {
      return "not this tenant";
    }
    return credentials[i] == null || licenses[i] == null
        ? "no license"
        : wrongIn(licenses[i], paidTenants[i]);
  }

  private String installedFree(int i, Answer answer) {
    if (answer.status() != 200 || !freeTenants[i].equals(answer.text("tenant_id"))) {
      return "not this tenant";
    }
    return answer.text("first_jwt") == null ? null : "a license for the free edition";
  }

  private String signedAnew(int i, Answer answer) {
    String license = answer.text("jwt");
    if (license == null) {
      return "no license";
    }
    return license.equals(licenses[i]) ? "not signed anew" : wrongIn(license, paidTenants[i]);
  }

  static String licensed(int i, Answer answer) {
    return answer.status() == 200 && answer.text("jwt") != null ? null : "no license";
  }

  static String reissued(int i, Answer answer) {
    return answer.status() == 200 && answer.text("install_code") != null
        ? presigned(answer)
        : "no code";
  }

  private static String presigned(Answer answer) {
    return answer.body().contains("X-Amz-Signature=") ? null : "no presigned link";
  }

  private static String wrongIn(String license, String tenant) {
    String payload = license.substring(license.indexOf('.') + 1, license.lastIndexOf('.'));
    String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    return claims.contains("\"aud\":\"" + tenant + "\"") && claims.contains("\"tier\":\"pro\"")
        ? null
        : "a license of somebody else";
  }

  private static String any(String[] values) {
    return values[ThreadLocalRandom.current().nextInt(values.length)];
  }
}
