package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.directory.TenantQuery.Place;
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
    assertThat(query.place()).isEqualTo(new Place(false, ID));
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
    assertThat(Place.parse(Place.after(ID).toString())).isEqualTo(Place.after(ID));
    assertThat(Place.parse(Place.before(ID).toString())).isEqualTo(Place.before(ID));
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
    assertThatThrownBy(() -> Place.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not a place in this list");
  }

  @ParameterizedTest
  @EnumSource
  void reversedTwiceIsTheSameOrder(TenantSort sort) {
    assertThat(sort.reversed()).isNotEqualTo(sort);
    assertThat(sort.reversed().reversed()).isEqualTo(sort);
    assertThat(sort.reversed().key()).isEqualTo(sort.key());
  }

  @Test
  void orderGoesOnInItsOwnDirection() {
    assertThat(TenantSort.newest.order()).isEqualTo("place DESC, tenant_id DESC");
    assertThat(TenantSort.newest.after(":k", ":id"))
        .isEqualTo("(registered_at, tenant_id) < (:k, :id)");
    assertThat(TenantSort.company.order()).isEqualTo("place, tenant_id");
    assertThat(TenantSort.company.after(":k", ":id"))
        .isEqualTo("(lower(company_name) COLLATE \"C\", tenant_id) > (:k, :id)");
  }

  private static TenantQuery read(Map<String, String> parameters) {
    return TenantQuery.read(parameters::get);
  }
}
