package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Registers tenants, and reads lists of tenants. */
public record TenantList(Api api) {

  /** Requests a page. The query parameters are names and values in turn. */
  public Answer get(String... parameters) {
    StringBuilder path = new StringBuilder("/tenants");
    for (int i = 0; i < parameters.length; i += 2) {
      path.append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return api.get(path.toString());
  }

  /** The items of a page. */
  public List<JsonObject> items(String... parameters) {
    Answer answer = get(parameters);
    assertThat(answer.outcome()).isEqualTo("200");
    return items(answer);
  }

  public static List<JsonObject> items(Answer page) {
    return page.json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  /** The tenant ids of the items, in their order. */
  public List<String> ids(String... parameters) {
    return ids(get(parameters));
  }

  public static List<String> ids(Answer page) {
    return items(page).stream().map(item -> item.getString("tenant_id")).toList();
  }

  /** The list item of one tenant. */
  public JsonObject item(String tenantId) {
    List<JsonObject> items = items("query", tenantId);
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  /** Registers a free tenant, with more members in turn. Returns its id. */
  public String register(String company, Object... more) {
    Order order = Order.of(company, "list-" + Customer.unique() + "@it.test", "essentials");
    for (int i = 0; i < more.length; i += 2) {
      order = order.with((String) more[i], more[i + 1]);
    }
    Answer answer = order.send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    return answer.text("tenant_id");
  }
}
