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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

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
          .setQuoteMode(QuoteMode.NON_NUMERIC)
          .get();

  /** Without it, Excel reads a file in the encoding of the machine. */
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /** What can end a cell: a spreadsheet in another language divides a line at semicolons. */
  private static final String SEPARATOR = "[,;|\\t\\r\\n\\x0B\\f\\x85\\u2028\\u2029]";

  /**
   * What a spreadsheet may drop at the beginning of a cell: space, quotes, invisible characters.
   */
  private static final String DROPPED = "[\\p{Z}\\p{C}\"]*+";

  /** Equals, plus, minus and at, also as full-width, small, raised and lowered signs. */
  private static final String SIGN =
      "[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE66\\uFE62\\uFE63\\uFE6B\\u2212"
          + "\\u207A\\u207B\\u207C\\u208A\\u208B\\u208C]";

  /** The place before a formula: the beginning of the text, or behind a separator. */
  private static final Pattern BEFORE_FORMULA =
      Pattern.compile("(^|%s)(?=%s%s)|^(?=[\\t\\r\\n])".formatted(SEPARATOR, DROPPED, SIGN));

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
    response.getWriter().write(BYTE_ORDER_MARK);
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
   * The text with an apostrophe before everything that a spreadsheet would calculate, because
   * customers chose these texts. Quotes do not help where a spreadsheet divides a line at another
   * character than a comma. So an apostrophe also comes before each part of the text that would be
   * a formula as a cell of its own.
   */
  static String harmless(String text) {
    return text == null ? null : BEFORE_FORMULA.matcher(text).replaceAll("$1'");
  }
}
