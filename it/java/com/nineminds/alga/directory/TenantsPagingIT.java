package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /tenants} uses keyset pagination, without gaps or repeats. */
class TenantsPagingIT {

  private static final int MANY = 120;

  private final Api api = Stage.api();
  private final TenantList list = new TenantList(api);
  private final String mark = "page-" + Customer.unique();

  @ParameterizedTest
  @ValueSource(ints = {7, 40, 119, 120, 200})
  void pagesHoldEveryTenantOnceNewestFirst(int limit) {
    List<String> expected = registerMany();
    List<String> found = new ArrayList<>();
    int pages = 0;
    String cursor = null;
    do {
      Answer page = page(limit, cursor);
      List<String> ids = TenantList.ids(page);
      found.addAll(ids);
      pages++;
      cursor = next(page);
      assertThat(ids).hasSize(cursor == null ? MANY - (pages - 1) * limit : limit);
    } while (cursor != null);
    assertThat(found).containsExactlyElementsOf(expected);
    assertThat(pages).isEqualTo((MANY + limit - 1) / limit);
  }

  @Test
  void tenantsThatAreAddedMeanwhileDisturbNothing() {
    List<String> expected = registerMany();
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      Answer page = page(9, cursor);
      found.addAll(TenantList.ids(page));
      cursor = next(page);
      list.register(mark + " late");
      list.register(mark + " late");
    } while (cursor != null);
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void registrationsOfTheSameMomentAreToldApart() {
    List<String> expected = registerMany();
    int changed =
        Stage.sql()
            .update(
                "UPDATE tenant_registry SET registered_at = now() WHERE company_name LIKE ?",
                mark + "%");
    assertThat(changed).isEqualTo(MANY);
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      Answer page = page(11, cursor);
      found.addAll(TenantList.ids(page));
      cursor = next(page);
    } while (cursor != null);
    assertThat(found).hasSize(MANY).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void pageHasFiftyUnlessToldOtherwise() {
    List<String> expected = registerMany();
    Answer page = list.get("query", mark);
    assertThat(TenantList.ids(page)).containsExactlyElementsOf(expected.subList(0, 50));
    assertThat(next(page)).isNotNull();
  }

  @Test
  void limitMayBeOneToTwoHundred() {
    list.register(mark);
    list.register(mark);
    Answer one = page(1, null);
    assertThat(TenantList.ids(one)).hasSize(1);
    assertThat(next(one)).isNotNull();
    assertThat(TenantList.ids(page(200, null))).hasSize(2);
  }

  @Test
  void filtersGoOnOverPages() {
    List<String> paid = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      list.register(mark);
      paid.add(list.register(mark, "edition", "pro"));
    }
    Collections.reverse(paid);
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      Answer page =
          cursor == null
              ? list.get("query", mark, "edition", "pro", "limit", "4")
              : list.get("query", mark, "edition", "pro", "limit", "4", "cursor", cursor);
      found.addAll(TenantList.ids(page));
      cursor = next(page);
    } while (cursor != null);
    assertThat(found).containsExactlyElementsOf(paid);
  }

  @Test
  void walkWithoutQueryMeetsOwnTenantsOnceEach() {
    List<String> own = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      own.add(list.register(mark));
    }
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      Answer page =
          cursor == null ? list.get("limit", "3") : list.get("limit", "3", "cursor", cursor);
      found.addAll(TenantList.ids(page));
      cursor = next(page);
    } while (cursor != null && !found.containsAll(own));
    assertThat(found).doesNotHaveDuplicates().containsAll(own);
  }

  /** Registers many tenants. Returns their ids, the newest first. */
  private List<String> registerMany() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ids.add(list.register(mark + " " + i));
    }
    Collections.reverse(ids);
    return ids;
  }

  private Answer page(int limit, String cursor) {
    Answer page =
        cursor == null
            ? list.get("query", mark, "limit", Integer.toString(limit))
            : list.get("query", mark, "limit", Integer.toString(limit), "cursor", cursor);
    assertThat(page.outcome()).isEqualTo("200");
    return page;
  }

  private static String next(Answer page) {
    return page.has("next_cursor") ? page.text("next_cursor") : null;
  }
}
