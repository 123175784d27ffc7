package com.nineminds.alga.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prepares the server that Arquillian starts. The server has the configuration of the product and
 * the settings of a node. It has no application, because Arquillian deploys one.
 */
public final class ArquillianServer implements BeforeAllCallback {

  /** One server serves all classes of a run. */
  private static boolean prepared;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    String liberty = System.getProperty("alga.it.liberty");
    if (liberty == null) {
      return; // Arquillian runs the class again within the server
    }
    if (prepared) {
      return;
    }
    prepared = true;
    Path product = Path.of(liberty, "usr", "servers", "it");
    Path server = product.resolveSibling("arquillian");
    Files.createDirectories(server.resolve("jdbc"));
    copy(product, server, "jdbc/postgresql.jar");
    copy(product, server, "jvm.options");
    String xml = Files.readString(product.resolve("server.xml"));
    Files.writeString(
        server.resolve("server.xml"),
        xml.replaceFirst("(?s)<webApplication.*</webApplication>", "")
            .replace("updateTrigger=\"disabled\"", "updateTrigger=\"mbean\"")
            .replace("<feature>servlet", "<feature>localConnector-1.0</feature><feature>servlet"));
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.put("HTTP_PORT", System.getProperty("alga.it.arquillian.port"));
    settings.put(
        "ALGA_LICENSE_PRIVATE_KEY", settings.get("ALGA_LICENSE_PRIVATE_KEY").replace("\n", "\\n"));
    Files.writeString(
        server.resolve("server.env"),
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static void copy(Path from, Path to, String file) throws IOException {
    Files.write(to.resolve(file), Files.readAllBytes(from.resolve(file)));
  }
}
