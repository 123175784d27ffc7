package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Customer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The console exports the list of tenants as a file. */
@NeedsBrowser
class ExportIT {

  private final String name = "Exported-" + Customer.unique();

  @Test
  void fileHasTheFilteredListInItsOrder() {
    Records.tenant(name + " b", "pro", "psa", "registered");
    Records.tenant(name + " c", "essentials", "psa", "registered");
    Records.tenant(name + " a, \"Größe\" 株式会社", "pro", "psa", "registered");
    try (Desk desk = Desk.anna()) {
      desk.go("tenants?sort=company&edition=pro&query=" + name);
      Download download = export(desk);
      assertThat(download.suggestedFilename()).matches("tenants-\\d{4}-\\d\\d-\\d\\d\\.csv");
      List<CSVRecord> records = read(download);
      assertThat(records.get(0).getParser().getHeaderNames())
          .startsWith("tenant_id", "company_name", "contact_email", "edition")
          .endsWith("connected", "install_code_state");
      assertThat(records)
          .extracting(record -> record.get("company_name"))
          .containsExactly(name + " a, \"Größe\" 株式会社", name + " b");
      assertThat(records).allMatch(record -> record.get("edition").equals("pro"));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void formulaIsNoFormulaInTheFile() {
    String formula = "=HYPERLINK(\"http://elsewhere.example\") " + name;
    Records.tenant(formula, "essentials", "psa", "registered");
    try (Desk desk = Desk.anna()) {
      desk.go("tenants?query=" + name);
      desk.awaitCompanies(List.of(formula));
      assertThat(read(export(desk)))
          .singleElement()
          .satisfies(record -> assertThat(record.get("company_name")).isEqualTo("'" + formula));
    }
  }

  @Test
  void longListIsComplete() {
    Records.tenants(name, 2_500);
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.search(name);
      desk.at("#next").waitFor();
      assertThat(read(export(desk)))
          .extracting(record -> record.get("company_name"))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 2_500)
                  .mapToObj(n -> "%s %04d".formatted(name, 2_501 - n))
                  .toList());
    }
  }

  private static Download export(Desk desk) {
    return desk.page().waitForDownload(() -> desk.at("#export").click());
  }

  private static List<CSVRecord> read(Download download) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader file = Files.newBufferedReader(download.path())) {
      assertThat(file.read()).isEqualTo('\ufeff');
      CSVParser parser = CSVParser.parse(file, format);
      return parser.getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
