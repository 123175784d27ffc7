package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query parameters of the list become a request for a page, or complaints. */
class ListRequestTest {

  private static final TenantFilter NO_FILTER = new TenantFilter(null, null, null, null, null);

  @Test
  void nothingAskedMeansTheFirst50() {
    assertThat(ListRequest.read(query())).isEqualTo(new ListRequest(NO_FILTER, 50, null));
  }

  @Test
  void everyParameterIsRead() {
    Cursor cursor = new Cursor(Instant.EPOCH, new UUID(1, 2));
    assertThat(
            ListRequest.read(
                query(
                    "query",
                    " Acme ",
                    "edition",
                    "pro",
                    "product_code",
                    "algadesk",
                    "status",
                    "suspended",
                    "deployment_type",
                    "hosted",
                    "limit",
                    "7",
                    "cursor",
                    cursor.text())))
        .isEqualTo(
            new ListRequest(
                new TenantFilter(
                    "Acme",
                    Edition.pro,
                    ProductCode.algadesk,
                    TenantStatus.suspended,
                    DeploymentType.hosted),
                7,
                cursor));
  }

  @Test
  void emptyParameterCountsAsAbsent() {
    assertThat(
            ListRequest.read(
                query("query", "", "edition", "", "status", "", "limit", "", "cursor", "")))
        .isEqualTo(new ListRequest(NO_FILTER, 50, null));
    assertThat(ListRequest.read(query("query", "  ")).filter().query()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "200"})
  void limitIsWithinItsBounds(String limit) {
    assertThat(ListRequest.read(query("limit", limit)).limit()).isEqualTo(Integer.parseInt(limit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "+5", "5.0", "x", " 5", "99999999999", "\u0665"})
  void otherLimitIsRefused(String limit) {
    assertComplaint("limit", limit, "must be a whole number from 1 to 200");
  }

  @ParameterizedTest
  @CsvSource({
    "edition, Pro, 'must be one of essentials, pro, premium'",
    "product_code, x, 'must be one of psa, algadesk'",
    "status, live, 'must be one of registered, installed, active, suspended, cancelled'",
    "deployment_type, saas, 'must be one of appliance, hosted'",
    "cursor, x, is not a cursor of this list"
  })
  void unknownWordIsRefused(String name, String value, String complaint) {
    assertComplaint(name, value, complaint);
  }

  @Test
  void queryHasAtMost200PrintableCharacters() {
    assertThat(ListRequest.read(query("query", "x".repeat(500))).filter().query()).hasSize(500);
    assertComplaint("query", "x".repeat(501), "must be a text of at most 500 characters");
    assertComplaint("query", "a\0b", "must be a text of at most 500 characters");
  }

  @Test
  void everyComplaintIsToldAtOnce() {
    InvalidRequest refusal =
        catchThrowableOfType(
            InvalidRequest.class,
            () -> ListRequest.read(query("limit", "0", "edition", "x", "cursor", "x")));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.errors())
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("limit", "edition", "cursor");
  }

  private static void assertComplaint(String name, String value, String complaint) {
    InvalidRequest refusal =
        catchThrowableOfType(InvalidRequest.class, () -> ListRequest.read(query(name, value)));
    assertThat(refusal.code()).isEqualTo("invalid_request");
    assertThat(refusal.errors()).containsExactly(new FieldError(name, complaint));
  }

  private static Function<String, String> query(String... namesAndValues) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return query::getFirst;
  }
}
