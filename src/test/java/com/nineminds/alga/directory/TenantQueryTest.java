package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.db.Sql;
import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of a list page selects its tenants. A wrong parameter counts as absent. */
class TenantQueryTest {

  private static final UUID ID = UUID.fromString("7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11");

  @Test
  void nothingAskedMeansTheNewest() {
    TenantQuery query = read(Map.of());
    assertThat(query.filter()).isEqualTo(new TenantFilter(null, null, null, null, null));
    assertThat(query.sort()).isEqualTo(TenantSort.newest);
    assertThat(query.place()).isNull();
    assertThat(query.errors()).isEmpty();
  }

  @Test
  void everyParameterIsRead() {
    TenantQuery query =
        read(
            Map.of(
                "query",
                " ****ABCD ",
                "edition",
                "pro",
                "product_code",
                "psa",
                "status",
                "active",
                "sort",
                "company_desc",
                "place",
                "before-" + ID));
    assertThat(query.filter())
        .isEqualTo(
            new TenantFilter("****ABCD", Edition.pro, ProductCode.psa, TenantStatus.active, null));
    assertThat(query.sort()).isEqualTo(TenantSort.company_desc);
    assertThat(query.place()).isEqualTo(new Cursor(false, null, ID));
    assertThat(query.errors()).isEmpty();
  }

  @Test
  void whatIsWrongIsToldAndCountsAsAbsent() {
    TenantQuery query =
        read(
            Map.of(
                "query",
                "a\0b",
                "edition",
                "gold",
                "status",
                "active",
                "sort",
                "sideways",
                "place",
                "nowhere"));
    assertThat(query.filter())
        .isEqualTo(new TenantFilter(null, null, null, TenantStatus.active, null));
    assertThat(query.sort()).isEqualTo(TenantSort.newest);
    assertThat(query.place()).isNull();
    assertThat(query.errors())
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("query", "edition", "sort", "place");
  }

  @Test
  void emptyParameterCountsAsAbsent() {
    assertThat(read(Map.of("query", "  ", "edition", "", "sort", "", "place", "")))
        .isEqualTo(read(Map.of()));
  }

  @Test
  void placeComesBack() {
    assertThat(Cursor.parsePlace(Cursor.after(ID).place())).isEqualTo(Cursor.after(ID));
    assertThat(Cursor.parsePlace(Cursor.before(ID).place())).isEqualTo(Cursor.before(ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "after-",
        "after-x",
        "7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11",
        "before-7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11x"
      })
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.parsePlace(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not a place in this list");
  }

  @ParameterizedTest
  @EnumSource
  void reversedTwiceIsTheSameOrder(TenantSort sort) {
    assertThat(sort.reversed()).isNotEqualTo(sort);
    assertThat(sort.reversed().reversed()).isEqualTo(sort);
    assertThat(sort.reversed().byCompany()).isEqualTo(sort.byCompany());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list_tenants_in_order", "list_tenants_ahead_first"})
  void orderGoesOnInItsOwnDirection(String file) {
    String sql = Sql.file(TenantQuery.class, file).jdbc().replaceAll("\\s+", " ");
    String company = "lower(company_name) COLLATE \"C\"";
    assertThat(sql)
        .contains("? <> 'newest' OR (registered_at, tenant_id) < (")
        .contains("? <> 'oldest' OR (registered_at, tenant_id) > (")
        .contains("? <> 'company' OR (" + company + ", tenant_id) > (")
        .contains("? <> 'company_desc' OR (" + company + ", tenant_id) < (")
        .contains("CASE WHEN ? = 'newest' THEN registered_at END DESC,")
        .contains("CASE WHEN ? = 'newest' THEN tenant_id END DESC,")
        .contains("CASE WHEN ? = 'oldest' THEN registered_at END,")
        .contains("CASE WHEN ? = 'oldest' THEN tenant_id END,")
        .contains("CASE WHEN ? = 'company' THEN " + company + " END,")
        .contains("CASE WHEN ? = 'company' THEN tenant_id END,")
        .contains("CASE WHEN ? = 'company_desc' THEN " + company + " END DESC,")
        .contains("CASE WHEN ? = 'company_desc' THEN tenant_id END DESC");
  }

  private static TenantQuery read(Map<String, String> parameters) {
    return TenantQuery.read(parameters::get);
  }
}
