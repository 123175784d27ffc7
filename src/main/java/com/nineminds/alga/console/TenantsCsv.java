package com.nineminds.alga.console;

import com.nineminds.alga.directory.Cursor;
import com.nineminds.alga.directory.ListedTenant;
import com.nineminds.alga.directory.TenantQuery;
import com.nineminds.alga.directory.TenantSearch;
import com.nineminds.alga.http.problem.Problem.FieldError;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code GET /admin/tenants.csv}: the console's list as a file, with the parameters of its page.
 * The list is read page by page while it is sent, so it may have any length.
 */
@WebServlet("/admin/tenants.csv")
public class TenantsCsv extends HttpServlet {

  private static final int ROWS = 1000;

  private static final Logger LOG = Logger.getLogger(TenantsCsv.class.getName());

  /**
   * The last line of an incomplete file, and the only line with one cell. The server ends the
   * answer normally after any exception, so without this line the file would look complete.
   */
  private static final String INCOMPLETE = "INCOMPLETE: the export failed here; please try again";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "tenant_id",
              "company_name",
              "contact_email",
              "edition",
              "product_code",
              "status",
              "registered_at",
              "installed_at",
              "stripe_sub_id",
              "tier",
              "seats",
              "entitlement_active",
              "last_checkin_at",
              "appliance_count",
              "connected",
              "install_code_state")
          .get();

  @Inject transient TenantSearch search;
  @Inject transient Clock clock;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TenantQuery query = TenantQuery.read(request::getParameter).at(null);
    if (!query.errors().isEmpty()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, sentence(query.errors()));
      return;
    }
    List<ListedTenant> rows = search.rows(query, ROWS);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(
        "Content-Disposition",
        "attachment; filename=\"tenants-%s.csv\""
            .formatted(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    CSVPrinter printer = new CSVPrinter(response.getWriter(), FORMAT);
    try {
      print(printer, query, rows);
    } catch (PersistenceException e) {
      LOG.log(Level.SEVERE, "an export of tenants is incomplete", e);
      printer.printRecord(INCOMPLETE);
    }
    printer.flush();
  }

  private void print(CSVPrinter printer, TenantQuery query, List<ListedTenant> first)
      throws IOException {
    List<ListedTenant> rows = first;
    while (true) {
      for (ListedTenant row : rows) {
        print(printer, row);
      }
      if (rows.size() < ROWS) {
        return;
      }
      rows = search.rows(query.at(Cursor.after(rows.get(ROWS - 1).tenantId())), ROWS);
    }
  }

  private static String sentence(List<FieldError> errors) {
    return errors.stream()
        .map(error -> error.field() + " " + error.message())
        .collect(Collectors.joining("; "));
  }

  private static void print(CSVPrinter printer, ListedTenant row) throws IOException {
    printer.printRecord(
        row.tenantId(),
        harmless(row.companyName()),
        harmless(row.contactEmail()),
        row.edition(),
        row.productCode(),
        row.status(),
        row.registeredAt(),
        row.installedAt(),
        harmless(row.stripeSubId()),
        row.tier(),
        row.seats(),
        row.entitlementActive(),
        row.lastCheckinAt(),
        row.applianceCount(),
        row.connected(),
        row.installCodeState());
  }

  /**
   * Adds an apostrophe to a text that a spreadsheet would run as a formula, because customers chose
   * these texts.
   */
  static String harmless(String text) {
    boolean isFormula = text != null && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return isFormula ? "'" + text : text;
  }
}
