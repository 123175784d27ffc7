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
import org.junit.jupiter.api.Test;

/** The EAR that {@code ear/pom.xml} built of this build's WAR, on a server that takes an EAR. */
class EarIT {

  private static final Path EAR = Path.of("target/ear-build/ear/target/alga-license.ear");

  @Test
  void earDeploysAndRedeemsACode() throws IOException {
    try (Node node = Node.start("ear", serverWithTheEar(), Stage.settings(Stage.freshDatabase()))) {
      Api api = new Api(node.base());
      Customer customer = Customer.pro(api);
      Answer answer = customer.redeem(api, "ear-box");
      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
    }
  }

  /** The product's configuration, but for its application; gives the server's name. */
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
        xml.replace(
                "<webApplication location=\"alga-license.war\" contextRoot=\"/\">",
                "<enterpriseApplication location=\"alga-license.ear\">")
            .replace("</webApplication>", "</enterpriseApplication>"));
    Files.write(server.resolve("apps/alga-license.ear"), Files.readAllBytes(EAR));
    return server.getFileName().toString();
  }
}
