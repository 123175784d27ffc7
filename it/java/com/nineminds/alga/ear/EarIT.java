package com.nineminds.alga.ear;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests the EAR that {@code ear/pom.xml} builds from the WAR of this build. The server has
 * everything that the EAR needs, but none of the product's other settings.
 */
class EarIT {

  private static final Path EAR = Path.of("target/ear-build/ear/target/alga-license.ear");
  private static final String WARNING = "This server lacks the protections that Alga License needs";

  @Test
  @Tag("faults") // only their build makes it
  void earDeploysOnAStockServerRedeemsACodeAndTellsWhatIsUnprotected() throws IOException {
    try (Node node = Node.start("ear", serverWithTheEar(), Stage.settings(Stage.freshDatabase()))) {
      Api api = new Api(node.base());
      Customer customer = Customer.pro(api);
      Answer answer = customer.redeem(api, "ear-box");
      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
      assertThat(node.console().lines().filter(line -> line.contains(WARNING)))
          .singleElement()
          .asString()
          .contains("\"loglevel\":\"WARNING\"", "single sign-on", "On another server");
    }
  }

  @Test
  void ownServerLogsNoWarning() {
    assertThat(Stage.node().console()).contains("CWWKF0011I").doesNotContain(WARNING);
  }

  /** The features and data source of the product, without its protection. Returns the name. */
  private static String serverWithTheEar() throws IOException {
    Path product = Node.serverDirectory("it");
    Path server = Node.serverDirectory("ear");
    Files.createDirectories(server.resolve("apps"));
    Files.createDirectories(server.resolve("jdbc"));
    for (String file : new String[] {"jvm.options", "server.env", "jdbc/postgresql.jar"}) {
      Files.write(server.resolve(file), Files.readAllBytes(product.resolve(file)));
    }
    String xml = Files.readString(product.resolve("server.xml"));
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          %s
          <variable name="DB_SSLROOTCERT" defaultValue=""/>
          <httpEndpoint id="defaultHttpEndpoint" httpPort="${HTTP_PORT}" httpsPort="-1"/>
          %s
          %s
          <enterpriseApplication location="alga-license.ear">
            <classloader commonLibraryRef="jdbc"/>
          </enterpriseApplication>
        </server>
        """
            .formatted(
                element(xml, "featureManager"),
                element(xml, "library"),
                element(xml, "dataSource")));
    Files.write(server.resolve("apps/alga-license.ear"), Files.readAllBytes(EAR));
    return server.getFileName().toString();
  }

  private static String element(String xml, String name) {
    Matcher element = Pattern.compile("(?s)<%1$s[ >].*?</%1$s>".formatted(name)).matcher(xml);
    assertThat(element.find()).as(name).isTrue();
    return element.group();
  }
}
