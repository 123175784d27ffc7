package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /tenants} searches with {@code query} and filters, and refuses bad parameters. */
class TenantsFilterIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();
  private final TenantList list = new TenantList(api);
  private final String mark = Customer.unique();

  @ParameterizedTest
  @CsvSource({
    "edition, essentials, free",
    "edition, pro, pro",
    "edition, premium, premium",
    "product_code, algadesk, desk",
    "deployment_type, hosted, hosted"
  })
  void filterLetsOnlyItsOwnThrough(String filter, String value, String only) {
    list.register(mark + " free");
    list.register(mark + " pro", "edition", "pro");
    list.register(mark + " premium", "edition", "premium");
    list.register(mark + " desk", "edition", "pro", "product_code", "algadesk");
    list.register(mark + " hosted", "edition", "premium", "deployment_type", "hosted");
    List<JsonObject> items = list.items("query", mark, filter, value);
    assertThat(items)
        .extracting(item -> item.getString("company_name"))
        .contains(mark + " " + only);
    assertThat(items).hasSize(value.startsWith("pr") ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource({"product_code, psa", "deployment_type, appliance"})
  void filterByADefaultFindsWhatDidNotSayIt(String filter, String value) {
    String kept = list.register(mark);
    list.register(mark, "product_code", "algadesk", "deployment_type", "hosted");
    assertThat(list.ids("query", mark, filter, value)).containsExactly(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"registered", "installed", "active", "suspended", "cancelled"})
  void statusFilterLetsOnlyItsOwnThrough(String status) {
    String kept = list.register(mark);
    String other = list.register(mark);
    setStatus(kept, status);
    setStatus(other, status.equals("registered") ? "active" : "registered");
    assertThat(list.ids("query", mark, "status", status)).containsExactly(kept);
  }

  @Test
  void filtersAddUp() {
    String kept = list.register(mark, "edition", "pro", "product_code", "algadesk");
    list.register(mark, "edition", "pro");
    list.register(mark, "product_code", "algadesk");
    assertThat(
            list.ids(
                "query",
                mark,
                "edition",
                "pro",
                "product_code",
                "algadesk",
                "deployment_type",
                "appliance",
                "status",
                "registered"))
        .containsExactly(kept);
    assertThat(list.ids("query", mark, "edition", "premium")).isEmpty();
  }

  @Test
  void newestRegistrationComesFirst() {
    String first = list.register(mark);
    String second = list.register(mark);
    String third = list.register(mark);
    assertThat(list.ids("query", mark)).containsExactly(third, second, first);
  }

  @Test
  void queryFindsAnyPartOfTheCompanyInAnyCase() {
    String tenant = list.register("North " + mark + " Wind & Sons");
    list.register("Another");
    assertThat(list.ids("query", mark)).containsExactly(tenant);
    assertThat(list.ids("query", "nORTH " + mark.toUpperCase(Locale.ROOT) + " wIND & sONS"))
        .containsExactly(tenant);
    assertThat(list.ids("query", mark + " W")).containsExactly(tenant);
    assertThat(list.ids("query", mark + " X")).isEmpty();
  }

  @Test
  void queryFindsLettersBeyondAsciiInAnyCase() {
    String tenant = list.register("\u00c4RZTE \u0416 " + mark);
    assertThat(list.ids("query", "\u00c4RZTE \u0416 " + mark)).containsExactly(tenant);
    assertThat(list.ids("query", "\u00e4rzte \u0436 " + mark)).containsExactly(tenant);
  }

  @Test
  void queryFindsAnyPartOfTheEmailInAnyCase() {
    String tenant = list.register("Mail", "contact_email", "Dana." + mark + "@IT.test");
    assertThat(list.ids("query", "dana." + mark)).containsExactly(tenant);
    assertThat(list.ids("query", mark + "@it.TEST")).containsExactly(tenant);
  }

  @Test
  void queryFindsTheTenantIdInAnyCase() {
    String tenant = list.register("By id");
    assertThat(list.ids("query", tenant)).containsExactly(tenant);
    assertThat(list.ids("query", tenant.toUpperCase(Locale.ROOT))).containsExactly(tenant);
    assertThat(list.ids("query", UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void wildcardsOfLikeAreOrdinaryCharacters() {
    String percent = list.register(mark + "%a");
    String underscore = list.register(mark + "_a");
    String backslash = list.register(mark + "\\a");
    list.register(mark + "xa");
    assertThat(list.ids("query", mark + "%a")).containsExactly(percent);
    assertThat(list.ids("query", mark + "_a")).containsExactly(underscore);
    assertThat(list.ids("query", mark + "\\a")).containsExactly(backslash);
    assertThat(list.ids("query", mark + "%%")).isEmpty();
    assertThat(list.ids("query", mark + "\\")).containsExactly(backslash);
  }

  @Test
  void sqlInAQueryIsText() {
    String tenant = list.register("O'Hara'; DROP TABLE x; -- " + mark);
    assertThat(list.ids("query", "O'Hara'; DROP TABLE x; -- " + mark)).containsExactly(tenant);
    assertThat(list.ids("query", mark + "' OR '1'='1")).isEmpty();
  }

  @Test
  void nothingFoundIsAnEmptyLastPage() {
    Answer page = list.get("query", mark);
    assertThat(page.outcome()).isEqualTo("200");
    assertThat(TenantList.items(page)).isEmpty();
    assertThat(page.json().isNull("next_cursor")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 201",
    "limit, -1",
    "limit, abc",
    "limit, 1.5",
    "limit, 1e2",
    "limit, 99999999999999999999",
    "limit, 0x10",
    "edition, gold",
    "edition, PRO",
    "product_code, other",
    "status, gone",
    "status, Active",
    "deployment_type, cloud",
    "cursor, x",
    "cursor, AAAA",
    "cursor, not base64 at all!",
    "cursor, __________________________________________8",
    "cursor, f_________8AAAAAAAAAAAAAAAAAAAAA",
    "cursor, gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
  })
  void badParameterIs400(String name, String value) {
    Answer answer = list.get(name, value);
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors")).hasSize(1);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(name);
  }

  @Test
  void everyBadParameterIsNamed() {
    Answer answer =
        list.get("limit", "0", "edition", "x", "status", "x", "cursor", "x", "product_code", "x");
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("field"))
        .containsExactlyInAnyOrder("limit", "edition", "status", "cursor", "product_code");
  }

  private void setStatus(String tenantId, String status) {
    sql.update(
        "UPDATE tenant_registry SET status = ? WHERE tenant_id = ?",
        status,
        UUID.fromString(tenantId));
  }
}
