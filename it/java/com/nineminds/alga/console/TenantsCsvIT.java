package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.directory.TenantList;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /admin/tenants.csv} sends the whole list, or says that it is incomplete. */
class TenantsCsvIT {

  private static final String FILE = "/admin/tenants.csv?query=";

  private final URI base = Stage.node().base();
  private final Console console = Console.signedIn(base, "anna");
  private final TenantList list = new TenantList(Stage.api());
  private final Sql sql = Stage.sql();
  private final String mark = "csv-" + Customer.unique();

  @Test
  void fileHasAHeaderAndEveryTenantOfTheList() {
    String free = list.register("=cmd " + mark + ", \"\u00c4\"");
    String paid = list.register(mark, "edition", "pro");
    Page file = console.get(FILE + mark);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Type").orElseThrow().toLowerCase(Locale.ROOT))
        .matches("text/csv; ?charset=utf-8");
    assertThat(file.header("Cache-Control")).hasValue("no-store");
    assertThat(file.header("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"tenants-\\d{4}-\\d\\d-\\d\\d.csv\"");
    assertThat(file.body()).startsWith("\ufeff\"tenant_id\",");
    List<String> lines = file.body().substring(1).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo(
            Stream.of(
                    "tenant_id,company_name,contact_email,edition,product_code,status,registered_at",
                    "installed_at,stripe_sub_id,tier,seats,entitlement_active,last_checkin_at",
                    "appliance_count,connected,install_code_state")
                .collect(Collectors.joining(","))
                .replaceAll("\\w+", "\"$0\""));
    assertThat(lines.get(1))
        .startsWith("\"" + paid + "\",\"" + mark + "\",")
        .contains(",\"pro\",\"psa\",\"registered\",\"20");
    assertThat(lines.get(2))
        .startsWith("\"" + free + "\",\"'=cmd " + mark + ", \"\"\u00c4\"\"\",")
        .endsWith(",,,,,,,0,\"false\",\"live\"");
  }

  /** A spreadsheet of another language divides the lines at semicolons, or at tabs. */
  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t', '|'})
  void noCellIsAFormulaWhateverDividesTheLines(char separator) throws IOException {
    for (String name :
        new String[] {
          "Acme;=2+5;x",
          "=2+5",
          "Acme;\"=2+5\";x",
          "\";=2+5;\"",
          "a,=2+5",
          "a|@SUM(A1)|b",
          "\uff1d2+5",
          "a; +1"
        }) {
      list.register(name + " " + mark);
    }
    String body = console.get(FILE + mark).body().substring(1);
    List<String> cells =
        body.lines()
            .flatMap(line -> Stream.of(line.split(Pattern.quote("" + separator), -1)))
            .map(cell -> cell.replace("\"", "").strip())
            .toList();
    assertThat(cells).hasSizeGreaterThan(8).noneMatch(cell -> cell.matches("[=+@\uff1d-].*"));
    try (CSVParser parser = CSVParser.parse(body, CSVFormat.RFC4180)) {
      assertThat(parser.getRecords())
          .hasSize(9)
          .allMatch(record -> record.size() == 16)
          .extracting(record -> record.get(1).replace("'", ""))
          .contains("Acme;=2+5;x " + mark, "\";=2+5;\" " + mark);
    }
  }

  @Test
  void parametersAreThoseOfThePage() {
    String free = list.register(mark + " b");
    String paid = list.register(mark + " a", "edition", "pro");
    assertThat(console.get(FILE + mark + "&edition=pro").body())
        .contains(paid)
        .doesNotContain(free);
    assertThat(console.get(FILE + mark + "&sort=company").body())
        .containsSubsequence(paid, free)
        .isEqualTo(console.get(FILE + mark + "&sort=newest&place=after-" + paid).body());
    assertThat(console.get(FILE + mark + "&edition=gold").status()).isEqualTo(400);
  }

  @Test
  void listOfManyPagesIsSentWhole() {
    many(2500);
    List<String> lines = console.get(FILE + mark + "&sort=company").body().lines().toList();
    assertThat(lines).hasSize(2501).doesNotHaveDuplicates();
  }

  @Test
  void fileThatEndsTooSoonSaysSo() throws Exception {
    many(40_000);
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(FILE + mark)).header("Cookie", cookies()).build();
    try (InputStream body =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body()) {
      body.readNBytes(1000);
      sql.update("ALTER TABLE claim_codes RENAME TO claim_codes_away");
      String rest = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).endsWith("\r\n\"INCOMPLETE: the export failed here; please try again\"\r\n");
    } finally {
      sql.update("ALTER TABLE claim_codes_away RENAME TO claim_codes");
    }
  }

  private String cookies() {
    return console.cookies().entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private void many(int n) {
    sql.update(
        """
        INSERT INTO tenant_registry
          (tenant_id, edition, product_code, deployment_type, company_name, contact_email)
        SELECT gen_random_uuid(), 'pro', 'psa', 'appliance', ? || n, 'it@it.test'
        FROM generate_series(1, ?) AS n
        """,
        mark,
        n);
  }
}
