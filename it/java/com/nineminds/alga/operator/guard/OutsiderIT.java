package com.nineminds.alga.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An anonymous client gets only the sign-in page and the resources of that page. */
class OutsiderIT {

  private static final URI BASE = Stage.node().base();

  private static Customer customer;

  @BeforeAll
  static void register() {
    customer = Customer.pro(new Api(BASE));
  }

  /** The test sends these paths unchanged. An HTTP client would normalize them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/",
        "/admin/overview",
        "/admin/tenants",
        "/admin/tenant",
        "/admin/appliances",
        "/admin/activity",
        "/admin/failed",
        "/admin/tenants.csv",
        "/admin/sign-out",
        "/admin/./overview",
        "/admin/../admin/overview",
        "//admin/overview",
        "/admin//overview",
        "/admin;x=1/overview",
        "/admin/overview;x=1",
        "/admin/overview;jsessionid=x",
        "/%61dmin/overview",
        "/admin/%2e/overview",
        "/admin%2foverview",
        "/admin/sign-in/../overview",
        "/admin/sign-in/..;/overview",
        "/admin/sign-in;/../overview",
        "/admin/sign-in/%2e%2e/overview",
        "/admin/sign-in%2f..%2foverview",
        "/ADMIN/overview",
        "/admin/overview.xhtml",
        "/admin/overview.jsf",
        "/admin/overview.faces",
        "/admin/overview/",
        "/admin/overview%00",
        "/admin/overview%3f",
        "/faces/admin/overview",
        "/faces/admin/overview.xhtml",
        "/jakarta.faces.resource/admin/overview",
        "/jakarta.faces.resource/admin/overview.xhtml",
        "/jakarta.faces.resource/admin/tenants.xhtml",
        "/jakarta.faces.resource/admin/tenant.xhtml",
        "/jakarta.faces.resource//admin/tenant.xhtml",
        "/jakarta.faces.resource/admin/tenant.xhtml;x=1",
        "/jakarta.faces.resource/../admin/tenant",
        "/jakarta.faces.resource/..;/admin/tenant.xhtml",
        "/jakarta.faces.resource/%2e%2e/admin/tenant.xhtml",
        "/jakarta.faces.resource/jakarta.faces.resource/../admin/tenant.xhtml",
        "/jakarta.faces.resource/jakarta.faces.resource/admin/tenant.xhtml",
        "/jakarta.faces.resource/jakarta.faces.resource/tenant.xhtml?ln=admin",
        "/jakarta.faces.resource/jakarta.faces.resource/tenant.xhtml?ln=../admin",
        "/jakarta.faces.resource/jakarta.faces.resource/tenant.xhtml?con=../admin",
        "/jakarta.faces.resource/jakarta.faces.resource/tenant.xhtml?loc=../admin"
      })
  void noWayToAPage(String path) throws IOException {
    String query = path.contains("?") ? "&id=" : "?id=";
    for (String method : new String[] {"GET", "POST", "PUT", "TRACE", "GeT", "X"}) {
      String answer = RawRequest.send(BASE, method, path + query + customer.tenantId());
      assertThat(answer).matches("(?s)HTTP/1.1 (30[23]|4..|501) .*");
      assertThat(answer).doesNotContain(customer.email(), "Installs, 30 days", "Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/web.xml",
        "/WEB-INF/console/layout.xhtml",
        "/web-inf/web.xml",
        "/WEB-INF;/web.xml",
        "/%57EB-INF/web.xml",
        "/admin/../WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/resources/console/console.css",
        "/jakarta.faces.resource/",
        "/jakarta.faces.resource/WEB-INF/web.xml",
        "/jakarta.faces.resource/jakarta.faces.resource/",
        "/jakarta.faces.resource/jakarta.faces.resource/web.xml?ln=..",
        "/jakarta.faces.resource/jakarta.faces.resource/web.xml?ln=../WEB-INF",
        "/jakarta.faces.resource/jakarta.faces.resource/web.xml?ln=console/../../WEB-INF",
        "/jakarta.faces.resource/jakarta.faces.resource/../WEB-INF/web.xml",
        "/jakarta.faces.resource/jakarta.faces.resource//WEB-INF/web.xml",
        "/jakarta.faces.resource/jakarta.faces.resource/..%2f..%2fWEB-INF%2fweb.xml",
        "/jakarta.faces.resource/jakarta.faces.resource/..%5c..%5cWEB-INF%5cweb.xml",
        "/jakarta.faces.resource/jakarta.faces.resource/web.xml?ln=console&con=../../WEB-INF",
        "/jakarta.faces.resource/jakarta.faces.resource/web.xml?ln=console&loc=../../WEB-INF",
        "/jakarta.faces.resource/jakarta.faces.resource/layout.xhtml?ln=WEB-INF/console",
        "/jakarta.faces.resource/jakarta.faces.resource/persistence.xml?ln=../../META-INF",
        "/jakarta.faces.resource/jakarta.faces.resource/ConsoleGuard.class?ln=com/nineminds/alga/operator/guard",
        "/jakarta.faces.resource/jakarta.faces.resource/text.properties?ln=com/nineminds/alga/console",
        "/jakarta.faces.resource/jakarta.faces.resource/pom.xml?ln=webjars/..",
        "/j_security_check",
        "/admin/j_security_check"
      })
  void noWayToAFile(String path) throws IOException {
    assertThat(RawRequest.send(BASE, "GET", path))
        .matches("(?s)HTTP/1.1 (30[23]|4..) .*")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/tenant", "/jakarta.faces.resource/admin/tenant.xhtml"})
  void noWayToChangeAnything(String page) {
    Page answer =
        new Console(BASE)
            .send(
                "POST",
                BASE.resolve(page),
                "answer_SUBMIT=1&confirm=x&jakarta.faces.ViewState=stateless&do=suspend"
                    + "&seen=registered&target=&form_token=&id="
                    + customer.tenantId(),
                Map.of());
    assertThat(answer.status()).isIn(302, 404);
    assertThat(status(customer)).isEqualTo("registered");
  }

  private static String status(Customer customer) {
    return Stage.sql()
        .one(
            String.class,
            "SELECT status FROM tenant_registry WHERE tenant_id = ?::uuid",
            customer.tenantId());
  }
}
