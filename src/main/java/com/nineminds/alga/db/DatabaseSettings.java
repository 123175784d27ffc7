package com.nineminds.alga.db;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The address of the database and the roles of the service. The server's own data source
 * (server.xml) reads {@code DB_HOST}, {@code DB_PORT} and {@code DB_NAME} too, as parts of an
 * address. It gets the name and the password of the app role through {@code Startup}.
 *
 * @param servers the primary and its standbys, in any order; the service uses the server that
 *     accepts writes
 * @param app the role that serves requests; it reads and writes rows, and has no right to change
 *     the schema
 * @param admin the role that runs migrations
 */
public record DatabaseSettings(List<Server> servers, String name, Role app, Role admin) {

  /** One server of the database. */
  public record Server(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** A database role and its password. */
  public record Role(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** Reads {@code DB_*}; throws {@link com.nineminds.alga.config.IllegalSetting}. */
  public static DatabaseSettings read(Settings settings) {
    return new DatabaseSettings(
        servers(settings),
        name(settings),
        new Role(settings.required("DB_USER_APP"), settings.required("DB_PASSWORD_APP")),
        new Role(settings.required("DB_USER_ADMIN"), settings.required("DB_PASSWORD_ADMIN")));
  }

  /** The servers as a message shows them: {@code db1:5432,db2:5432}. */
  public String where() {
    return servers.stream().map(Server::toString).collect(Collectors.joining(","));
  }

  private static List<Server> servers(Settings settings) {
    String[] hosts =
        settings
            .plain("DB_HOST")
            .orElseThrow(() -> new IllegalSetting("DB_HOST", "is required"))
            .split(",", -1);
    for (String host : hosts) {
      if (!host.matches("[^\\s/?&%+#]+")) {
        throw new IllegalSetting("DB_HOST", "expected a host, or several as in db1,db2");
      }
    }
    String[] ports = settings.plain("DB_PORT").orElse("5432").split(",", -1);
    if (ports.length != hosts.length) {
      throw new IllegalSetting(
          "DB_PORT", "expected a port for each host of DB_HOST, as in 5432,5432");
    }
    return IntStream.range(0, hosts.length)
        .mapToObj(i -> new Server(hosts[i], port(ports[i])))
        .toList();
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalSetting("DB_PORT", "expected whole numbers from 1 to 65535");
  }

  private static String name(Settings settings) {
    String name = settings.plain("DB_NAME").orElse("alga");
    if (!name.matches("[\\w.-]+")) {
      throw new IllegalSetting("DB_NAME", "expected letters, digits, '_', '-' and '.' only");
    }
    return name;
  }
}
