package com.nineminds.alga.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.harness.ArquillianServer;
import com.nineminds.alga.overview.Figures;
import com.nineminds.alga.overview.Figures.Day;
import com.nineminds.alga.overview.Figures.Hour;
import com.nineminds.alga.overview.Figures.Line;
import com.nineminds.alga.overview.Overview;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.inject.Inject;
import java.io.File;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The queries of the console's pages. Each test finds only tenants of its own company. */
@ExtendWith({ArquillianServer.class, ArquillianExtension.class})
class ConsoleInContainerIT {

  private static final ZoneId ZONE = ZoneId.of("Pacific/Auckland");

  @Inject Database database;
  @Inject TenantSearch search;
  @Inject Overview overview;

  private final String mark = "co" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

  @Deployment
  static WebArchive deployment() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/alga-license.war"))
        .addClasses(ConsoleInContainerIT.class, PlantedRows.class, ArquillianServer.class);
  }

  @Test
  void textIsFoundInTheCompanyAndTheEmail() {
    UUID company = rows().tenant("North " + mark + " Wind", 1);
    UUID mail = rows().tenant("x", "Dana." + mark + "@it.test", 2);
    assertEquals(List.of(mail, company), ids("query", mark.toUpperCase(Locale.ROOT)));
    assertEquals(List.of(company), ids("query", mark + " w"));
    assertEquals(List.of(), ids("query", mark + "_w"));
  }

  @Test
  void fewCharactersAreTheBeginningOfTheCompanyInAnyOrderOfTheList() {
    UUID tenant = rows().tenant("\u00a7" + mark, 1);
    rows().tenant("x\u00a7" + mark, 2);
    for (TenantSort sort : TenantSort.values()) {
      List<UUID> found = ids("query", "\u00a7" + mark.substring(0, 1), "sort", sort.name());
      assertTrue(found.contains(tenant));
      assertTrue(
          slice("query", "\u00a7", "sort", sort.name()).rows().stream()
              .allMatch(row -> row.companyName().startsWith("\u00a7")));
    }
  }

  @Test
  void tenantIsFoundByItsId() {
    UUID tenant = rows().tenant(mark, 1);
    assertEquals(List.of(tenant), ids("query", tenant.toString()));
    assertEquals(List.of(), ids("query", tenant.toString(), "status", "cancelled"));
  }

  @Test
  void tenantIsFoundByTheEndOfAnyOfItsCodes() {
    UUID tenant = rows().tenant(mark, 1);
    rows().code(tenant, null, "ZZ2Q", "30 days", "superseded");
    rows().code(tenant, null, "ZZ2R", "30 days", null);
    for (String typed : List.of("ZZ2Q", "zz2q", "****ZZ2Q", "****zz2r", "ZZ2R")) {
      assertTrue(ids("query", typed).contains(tenant), typed);
    }
    assertEquals(List.of(), ids("query", "****ZZ2S"));
  }

  @Test
  void tenantIsFoundByTheBeginningOfAnAppliancesId() {
    UUID tenant = rows().tenant(mark, 1);
    UUID bound = rows().tenant("bound", 2);
    rows().appliance("Box-" + mark, tenant, rows().entitlement(tenant));
    rows().appliance("Box-" + mark + ".2", null, rows().entitlement(bound));
    assertEquals(List.of(bound, tenant), ids("query", "Box-" + mark));
    assertEquals(List.of(bound), ids("query", "Box-" + mark + ".2"));
    assertEquals(List.of(), ids("query", "box-" + mark));
  }

  @Test
  void listIsSortedAsAsked() {
    UUID b = rows().tenant("b " + mark, 1);
    UUID a = rows().tenant("A " + mark, 2);
    UUID c = rows().tenant("C " + mark, 3);
    assertEquals(List.of(c, a, b), ids("query", mark));
    assertEquals(List.of(b, a, c), ids("query", mark, "sort", "oldest"));
    assertEquals(List.of(a, b, c), ids("query", mark, "sort", "company"));
    assertEquals(List.of(c, b, a), ids("query", mark, "sort", "company_desc"));
  }

  @Test
  void filtersAddUpToTheSearch() {
    UUID suspended = rows().tenant(mark, 1);
    rows().tenant(mark, 2);
    rows().change("UPDATE tenant_registry SET status = 'suspended' WHERE tenant_id", suspended);
    for (TenantSort sort : TenantSort.values()) {
      assertEquals(
          List.of(suspended),
          ids(
              "query",
              mark,
              "status",
              "suspended",
              "edition",
              "pro",
              "product_code",
              "psa",
              "sort",
              sort.name()));
      assertEquals(
          List.of(),
          ids("query", mark, "status", "suspended", "edition", "premium", "sort", sort.name()));
    }
  }

  @Test
  void pagesGoForwardsAndBackInEveryOrder() {
    List<UUID> all = new ArrayList<>();
    for (int i = 100; i < 223; i++) {
      all.add(rows().tenant(mark + (i % 2 == 0 ? " same" : " " + i), i));
    }
    for (TenantSort sort : TenantSort.values()) {
      List<TenantSlice> pages = new ArrayList<>();
      pages.add(slice("query", mark, "sort", sort.name()));
      while (pages.get(pages.size() - 1).next() != null) {
        pages.add(
            slice("query", mark, "sort", sort.name(), "place", pages.get(pages.size() - 1).next()));
      }
      assertEquals(List.of(50, 50, 23), pages.stream().map(page -> page.rows().size()).toList());
      List<UUID> walked =
          pages.stream().flatMap(page -> page.rows().stream()).map(ListedTenant::tenantId).toList();
      assertEquals(all.size(), walked.stream().distinct().count());
      if (sort == TenantSort.newest) {
        List<UUID> newest = new ArrayList<>(all);
        Collections.reverse(newest);
        assertEquals(newest, walked);
      }
      assertNull(pages.get(0).previous());
      for (int i = 2; i > 0; i--) {
        assertEquals(
            pages.get(i - 1).rows(),
            slice("query", mark, "sort", sort.name(), "place", pages.get(i).previous()).rows());
      }
    }
  }

  @Test
  void placeThatIsGoneIsTheFirstPage() {
    UUID only = rows().tenant(mark, 1);
    for (String place : List.of("after-" + only, "before-" + only, "after-" + UUID.randomUUID())) {
      TenantSlice slice = slice("query", mark, "place", place);
      assertEquals(List.of(only), slice.rows().stream().map(ListedTenant::tenantId).toList());
      assertNull(slice.previous());
      assertNull(slice.next());
    }
  }

  @Test
  void rowShowsTheTenantsCodeAndAppliances() {
    UUID tenant = rows().tenant(mark, 1);
    rows().appliance("box", tenant, rows().entitlement(tenant));
    ListedTenant row = slice("query", mark).rows().get(0);
    assertEquals(TenantStatus.registered, row.status());
    assertEquals(1, row.applianceCount());
    assertEquals("consumed", row.installCodeState());
  }

  @Test
  void figuresAreOneSnapshotForAll() {
    UUID tenant = rows().tenant(mark, 0);
    UUID old = rows().tenant(mark + " old", -86_400 * 8);
    rows().code(tenant, null, "ZZ3Q", "1 hour", null);
    rows().appliance("fresh-" + mark, old, rows().entitlement(old));
    rows()
        .change(
            "UPDATE appliances SET last_checkin_at = now() WHERE appliance_id", "fresh-" + mark);
    UUID silent = rows().tenant(mark + " silent", 1);
    rows().appliance("silent-" + mark, silent, rows().entitlement(silent));
    rows()
        .change(
            "UPDATE appliances SET registered_at = now() - interval '8 days' WHERE appliance_id",
            "silent-" + mark);
    Figures figures = overview.figures(ZONE);
    assertSame(figures, overview.figures(ZONE));
    assertEquals(30, figures.growth().days().size());
    assertEquals(
        figures.taken().atZone(ZONE).toLocalDate(), figures.growth().days().get(29).date());
    assertEquals(24, figures.activity().hours().size());
    assertTrue(figures.activity().hours().get(23).checkins() >= 1);
    assertEquals(
        figures.activity().lately(),
        figures.activity().hours().stream().mapToLong(Hour::checkins).sum());
    assertEquals(
        figures.growth().registrations(),
        figures.growth().days().stream().mapToLong(Day::registrations).sum());
    // an hour ago may be yesterday
    long sinceYesterday =
        figures.growth().days().subList(28, 30).stream().mapToLong(Day::registrations).sum();
    assertTrue(sinceYesterday >= 1 && figures.growth().registrationsLately() >= 1);
    assertTrue(figures.activity().active() >= 1);
    assertTrue(figures.silent().total() >= 1);
    assertTrue(figures.expiring().total() >= 1);
    assertTrue(figures.neverInstalled().forAWeek() >= 1);
    assertTrue(figures.neverInstalled().total() > figures.neverInstalled().forAWeek());
    assertLine(figures.activity().last(), "fresh-" + mark, old, mark + " old");
    assertLine(figures.silent().lines(), "silent-" + mark, silent, mark + " silent");
    assertLine(figures.expiring().lines(), "****ZZ3Q", tenant, mark);
  }

  private static void assertLine(List<Line> lines, String name, UUID tenant, String company) {
    Line line = lines.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
    assertEquals(tenant, line.tenantId());
    assertEquals(company, line.companyName());
  }

  private PlantedRows rows() {
    return new PlantedRows(database);
  }

  private TenantSlice slice(String... namesAndValues) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    TenantQuery query = TenantQuery.read(parameters::get);
    assertEquals(List.of(), query.errors());
    return search.slice(query);
  }

  private List<UUID> ids(String... namesAndValues) {
    return slice(namesAndValues).rows().stream().map(ListedTenant::tenantId).toList();
  }
}
