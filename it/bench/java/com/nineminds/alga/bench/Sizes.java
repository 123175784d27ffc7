package com.nineminds.alga.bench;

import com.nineminds.alga.console.AppliancesPage;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantStatus;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Measures the cost of a million tenants. It sends each request in turn to a service with an empty
 * database and to one with a loaded database. It covers every route and every list of the console.
 */
final class Sizes {

  /** The report marks every ratio above this. */
  private static final double MUCH = 1.2;

  private static final List<Boolean> ORDER = List.of(true, false);
  private static final List<Boolean> REVERSED = List.of(false, true);

  private final Options options;
  private final Postgres postgres;
  private final Map<String, Ask> asks = new LinkedHashMap<>();

  /** Sends the nth request of its kind, which must succeed. Returns the answer's length. */
  @FunctionalInterface
  private interface Ask {
    int of(Side side, int number) throws IOException;
  }

  Sizes(Options options, Postgres postgres) {
    this.options = options;
    this.postgres = postgres;
    routes();
    lists();
    console();
  }

  private void routes() {
    for (String edition : List.of("pro", "essentials")) {
      asks.put(
          "POST /register-tenant " + edition,
          (side, i) ->
              side.send(
                  new Phase.Request(
                      "/register-tenant",
                      Phases.order(edition, UUID.randomUUID().toString()),
                      true)));
    }
    asks.put(
        "POST /register", (side, i) -> side.send(Phases.redeem(side.codes().get(i), "box-" + i)));
    asks.put(
        "POST /check-in", (side, i) -> side.send(Phases.checkIn(side.customer(i).credential())));
    asks.put(
        "POST /verify-appliance",
        (side, i) -> side.post("/verify-appliance", "credential", side.customer(i).credential()));
    asks.put(
        "POST /install-codes/reissue",
        (side, i) -> side.send(Phases.reissue(side.customer(i).tenantId())));
    asks.put(
        "POST /claim-codes",
        (side, i) -> side.post("/claim-codes", "stripe_sub_id", side.customer(i).subscription()));
    asks.put(
        "POST /sign",
        (side, i) ->
            side.post(
                "/sign",
                "stripe_sub_id",
                side.customer(i).subscription(),
                "customer",
                "Acme",
                "tier",
                "pro",
                "transport",
                "connected"));
    asks.put(
        "GET /tenants/{tenant_id}",
        (side, i) -> side.get("/tenants/" + side.customer(i).tenantId()));
    asks.put("GET /.well-known/jwks.json", (side, i) -> side.get("/.well-known/jwks.json"));
    asks.put(
        "POST /revoke an appliance",
        (side, i) ->
            side.post(
                "/revoke",
                "appliance_id",
                side.customer(i).applianceId(),
                "tenant_id",
                side.customer(i).tenantId()));
    asks.put(
        "POST /revoke an entitlement",
        (side, i) -> side.post("/revoke", "stripe_sub_id", side.customer(i).subscription()));
  }

  private void lists() {
    list("", "");
    asks.put("GET /tenants, page 10,000", (side, i) -> side.get(side.deepPage()));
    for (String filter :
        List.of(
            "edition=premium",
            "status=suspended",
            "product_code=algadesk",
            "deployment_type=hosted",
            "status=active&edition=premium",
            "status=cancelled&edition=essentials")) {
      list("?", filter);
    }
    list("?query=", "cedar");
    list("?query=", "cedar%20logistics%20123");
    list("?query=", "no%20such%20company");
    list("?query=", "ce");
    list("?query=", new UUID(0, 0).toString());
  }

  private void list(String before, String asked) {
    asks.put("GET /tenants" + before + asked, (side, i) -> side.get("/tenants" + before + asked));
  }

  private void console() {
    page("overview");
    List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    asks.put(
        "/admin/overview, figures taken anew",
        (side, i) -> {
          // the service keeps figures for each zone
          side.anna().cookies().put("alga_zone", zones.get(i % zones.size()));
          return side.open("overview");
        });
    for (AppliancesPage.Show show : AppliancesPage.Show.values()) {
      page("appliances?show=" + show);
    }
    page("activity");
    page("activity?event=tenant_suspended");
    page("activity?event=license_signed");
    for (String sort : List.of("newest", "oldest", "company", "company_desc")) {
      page("tenants?sort=" + sort);
      asks.put(
          "/admin/tenants?sort=" + sort + ", in the midst",
          (side, i) ->
              side.open("tenants?sort=" + sort + "&place=after-" + side.customer(i).tenantId()));
    }
    for (TenantStatus status : TenantStatus.values()) {
      page("tenants?status=" + status);
      page("tenants?status=" + status + "&sort=company");
    }
    for (Edition edition : Edition.values()) {
      page("tenants?edition=" + edition + "&sort=company");
    }
    for (String text :
        List.of("cedar", "cedar logistics 123", "no such company", "ce", "****7777")) {
      page("tenants?query=" + text.replace(" ", "%20"));
    }
    asks.put(
        "/admin/tenants?query= the beginning of an appliance's id",
        (side, i) ->
            side.open(
                "tenants?query="
                    + side.customer(i)
                        .applianceId()
                        .substring(0, side.customer(i).applianceId().length() - 1)));
    asks.put("/admin/tenant", (side, i) -> side.open("tenant?id=" + side.customer(i).tenantId()));
  }

  private void page(String page) {
    asks.put("/admin/" + page, (side, i) -> side.open(page));
  }

  void compare() throws SQLException, IOException {
    try (Subject few = Subject.start(postgres, "few");
        Subject many = Subject.start(postgres, "many")) {
      Planted planted =
          new Planted(options.tenants(), options.appliances(), Clock.systemUTC().instant());
      if (options.few() > 0) {
        load(few, new Planted(options.few(), options.few() / 4, planted.now()));
      }
      load(many, planted);
      for (Subject subject : List.of(few, many)) {
        warmUp(subject);
      }
      Side empty = Side.empty(few, options.n());
      Side loaded = Side.loaded(many, planted, options.n());
      System.out.println(
          "\n| request | ms, empty | ms, loaded | ratio | | bytes, empty | bytes, loaded |\n"
              + "|---|---|---|---|---|---|---|");
      asks.forEach((name, ask) -> System.out.println(line(name, ask, empty, loaded)));
    }
  }

  private static void load(Subject subject, Planted planted) throws SQLException {
    long start = System.nanoTime();
    try (Connection superuser = subject.connect()) {
      new Loader(planted, superuser).load();
    }
    System.out.printf(
        Locale.ROOT,
        "loaded %,d tenants and %,d appliances in %.0f s%n",
        planted.tenants(),
        planted.appliances(),
        (System.nanoTime() - start) / 1e9);
  }

  /** Warms up both services alike, so that both are compiled and have the same new rows. */
  private void warmUp(Subject subject) {
    Load load = new Load(subject, options.connections());
    for (Phase phase : new Phases(options.warmUp() / 10, options.rate(), 1).all()) {
      if (phase.before() == null) {
        load.run(phase);
      }
    }
  }

  private String line(String name, Ask ask, Side empty, Side loaded) {
    int n = options.n();
    int bytesOfEmpty = 0;
    int bytesOfLoaded = 0;
    double[] onEmpty = new double[n];
    double[] onLoaded = new double[n];
    try {
      for (int i = 0; i < n; i++) {
        // the two services take turns to be the first
        for (boolean isEmpty : i % 2 == 0 ? ORDER : REVERSED) {
          long start = System.nanoTime();
          int bytes = ask.of(isEmpty ? empty : loaded, i);
          double millis = (System.nanoTime() - start) / 1e6;
          if (isEmpty) {
            onEmpty[i] = millis;
            bytesOfEmpty = bytes;
          } else {
            onLoaded[i] = millis;
            bytesOfLoaded = bytes;
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
    double before = median(onEmpty);
    double after = median(onLoaded);
    return String.format(
        Locale.ROOT,
        "| `%s` | %.2f | %.2f | %.2f | %s | %d | %d |",
        name,
        before,
        after,
        after / before,
        after / before > MUCH ? "over " + MUCH : "",
        bytesOfEmpty,
        bytesOfLoaded);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
