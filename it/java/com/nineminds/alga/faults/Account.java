package com.nineminds.alga.faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The answers to one customer. An answer that contradicts the earlier ones causes a {@link
 * Told.Violation}. Only one thread may use it at a time.
 */
final class Account {

  /** The state of the customer, according to its answers. */
  enum State {
    unknown,
    unpaid,
    coded,
    installed,
    active
  }

  /** A credential that a lost try of the same request replaced after the answered try. */
  record Overtaken(String acknowledged, List<String> lost) {}

  private final Ledger ledger;
  private final Buyer buyer;
  private final List<String> changes = new ArrayList<>();
  private final List<Overtaken> overtaken = new ArrayList<>();
  private final SortedMap<String, String> credentials = new TreeMap<>();

  private State state = State.unknown;
  private String edition;
  private String status = "registered";
  private String tenantId;
  private String licenseSub;
  private String code;
  private String machine;
  private boolean paid;
  private int consumed;
  private Told lastRedeem;
  private boolean isOvertaken;

  Account(Ledger ledger, Buyer buyer) {
    this.ledger = ledger;
    this.buyer = buyer;
    this.edition = buyer.edition();
    this.paid = buyer.paysAtOnce();
  }

  // ---- requests

  Caller.Request registration() {
    return buyer.registration();
  }

  Caller.Request payment() {
    return buyer.payment(tenantId);
  }

  Caller.Request reissue() {
    return buyer.reissue(tenantId);
  }

  Caller.Request redeem(String applianceId) {
    return Caller.Request.appliance("/register", "claim_code", code, "appliance_id", applianceId);
  }

  Caller.Request checkIn(String applianceId) {
    return Caller.Request.appliance(
        "/check-in", "appliance_credential", credentials.get(applianceId));
  }

  // ---- answers

  void registered(Told told) {
    requireNew(told);
    tenantId = ledger.once("tenant", told.text("tenant_id"));
    told.require("status", "registered");
    told.require("edition", edition);
    boolean open = edition.equals("essentials") || paid;
    coded(told);
    if (open != (code != null)) {
      throw told.violation(open ? "a code" : "no code before it is paid");
    }
    state = open ? State.coded : State.unpaid;
  }

  void paid(Told told) {
    requireNew(told);
    told.require("tenant_id", tenantId);
    edition = "premium";
    told.require("edition", edition);
    told.require("status", status);
    paid = true;
    coded(told);
    state = State.coded;
  }

  /** The answer to the registration, which was sent again. */
  void repeated(Told told) {
    told.requireOutcome("200");
    told.require("tenant_id", tenantId);
    told.require("status", status);
    String live = state == State.coded ? code : null;
    if (live == null
        ? told.text("install_code") != null
        : !live.equals(told.text("install_code"))) {
      throw told.violation("the code " + live);
    }
  }

  void reissued(Told told) {
    told.requireOutcome("200");
    told.require("tenant_id", tenantId);
    told.require("edition", edition);
    changes.add(told.requestId());
    coded(told);
    state = State.coded;
  }

  void redeemed(String applianceId, Told told) {
    told.requireOutcome("200");
    told.require("tenant_id", tenantId);
    told.require("edition", paid ? edition : "essentials");
    boolean first = state == State.coded;
    if (first) {
      consumed++;
      status = "installed";
    }
    if (paid || (first && told.lost().isEmpty())) {
      changes.add(told.requestId());
    }
    state = State.installed;
    machine = applianceId;
    lastRedeem = told;
    isOvertaken = false;
    if (paid) {
      requireLicense(told, "first_jwt");
      credentials.put(applianceId, ledger.once("credential", told.text("appliance_credential")));
    }
  }

  /** The refusal of another machine, or of the customer's own machine after its check-in. */
  void refused(Told told) {
    told.requireOutcome("409 consumed_claim_code");
  }

  void checkedIn(String applianceId, Told told) {
    boolean latest = applianceId.equals(machine) && state == State.installed;
    if (latest && !lastRedeem.lost().isEmpty() && told.answer().status() == 401) {
      // a try that the client had given up was done after the answered one
      told.requireOutcome("401 invalid_credential");
      isOvertaken = true;
      overtaken.add(new Overtaken(lastRedeem.requestId(), lastRedeem.lost()));
      return;
    }
    told.requireOutcome("200");
    told.require("status", "ok");
    requireLicense(told, "jwt");
    if (status.equals("installed")) {
      status = "active";
    }
    if (latest) {
      state = State.active;
    }
  }

  private void requireNew(Told told) {
    if (told.lost().isEmpty()) {
      told.requireOutcome("201");
    } else {
      told.requireOutcome("201", "200");
    }
    if (told.answer().status() == 201) {
      changes.add(told.requestId());
    }
  }

  private void coded(Told told) {
    code = told.text("install_code");
    if (code != null) {
      ledger.once("code", code);
    }
  }

  private void requireLicense(Told told, String member) {
    if (!tenantId.equals(told.claim(member, "aud"))) {
      throw told.violation("a license of tenant " + tenantId);
    }
    String sub = told.claim(member, "sub");
    if (licenseSub == null) {
      licenseSub = ledger.once("license", sub);
    } else if (!licenseSub.equals(sub)) {
      throw told.violation("license " + licenseSub);
    }
  }

  // ---- state

  State state() {
    return state;
  }

  boolean isPaid() {
    return paid;
  }

  String machine() {
    return machine;
  }

  String email() {
    return buyer.email();
  }

  /** The machines with a credential. */
  List<String> machines() {
    return List.copyOf(credentials.keySet());
  }

  /** Ids of the requests that changed something, according to their answers. */
  List<String> changes() {
    return changes;
  }

  List<Overtaken> overtaken() {
    return overtaken;
  }

  /** Whether a lost try replaced the machine's credential. The machine then has to redeem again. */
  boolean isOvertaken() {
    return isOvertaken;
  }

  /** Whether a lost try may have replaced the credential. Only a check-in can tell. */
  boolean isInDoubt() {
    return state == State.installed && paid && !lastRedeem.lost().isEmpty();
  }

  /** The customer's data as they must be in the database, in the form that {@link Books} reads. */
  String expected() {
    String live = state == State.coded ? code.substring(code.length() - 4) : "none";
    String machines =
        credentials.entrySet().stream()
            .map(installed -> installed.getKey() + "=" + sha256(installed.getValue()))
            .collect(Collectors.joining(","));
    return String.join(
        " ",
        tenantId,
        edition,
        status,
        "subscription " + (paid ? buyer.stripeSubId() : "none"),
        "key " + (buyer.key() == null ? "none" : buyer.key()),
        "consumed " + consumed,
        "live " + live,
        "machines " + machines);
  }

  private static String sha256(String credential) {
    try {
      byte[] bytes = credential.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return buyer.email() + " " + Map.of("tenant", String.valueOf(tenantId), "state", state);
  }
}
