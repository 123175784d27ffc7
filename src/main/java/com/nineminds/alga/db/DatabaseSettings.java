package com.nineminds.alga.db;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The address of the database and the roles of the service. The server's own data source
 * (server.xml) reads the address too: {@code DB_HOST}, {@code DB_PORT}, {@code DB_NAME}, {@code
 * DB_SSLMODE} and {@code DB_SSLROOTCERT}. {@code ServerSettings} refuses a start where the two
 * readings differ.
 *
 * @param servers the primary and its standbys, in any order; the service uses the server that
 *     accepts writes
 * @param app the role that serves requests; it reads and writes rows, and has no right to change
 *     the schema
 * @param admin the role that runs migrations
 * @param tls how connections are encrypted
 */
public record DatabaseSettings(List<Server> servers, String name, Role app, Role admin, Tls tls) {

  /** One server of the database. */
  public record Server(String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * A database role and its password.
   *
   * @param setting the setting that names the role
   */
  public record Role(String setting, String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * How the connections to the database are encrypted. The modes are those of PostgreSQL (libpq,
   * "SSL Mode Descriptions").
   *
   * @param mode {@code prefer}, {@code require}, {@code verify-ca} or {@code verify-full}
   * @param rootCert the file with the certificates of the trusted authorities, for the last two
   */
  public record Tls(String mode, Optional<String> rootCert) {

    private static final List<String> VERIFYING = List.of("verify-ca", "verify-full");

    static Tls read(Settings settings) {
      String mode = settings.plain("DB_SSLMODE").orElse("prefer");
      boolean isVerifying = VERIFYING.contains(mode);
      if (!isVerifying && !mode.equals("prefer") && !mode.equals("require")) {
        throw new IllegalSetting(
            "DB_SSLMODE", "expected one of prefer, require, verify-ca, verify-full");
      }
      Optional<String> rootCert = settings.plain("DB_SSLROOTCERT");
      if (rootCert.isPresent() != isVerifying) {
        throw new IllegalSetting(
            "DB_SSLROOTCERT", "is needed if DB_SSLMODE is verify-ca or verify-full, and only then");
      }
      rootCert.ifPresent(Tls::check);
      return new Tls(mode, rootCert);
    }

    private static void check(String file) {
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        if (!CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
          return;
        }
      } catch (IOException | CertificateException | IllegalArgumentException e) {
        // reported below
      }
      throw new IllegalSetting("DB_SSLROOTCERT", "expected a file with certificates in PEM");
    }
  }

  /** Reads {@code DB_*}; throws {@link com.nineminds.alga.config.IllegalSetting}. */
  public static DatabaseSettings read(Settings settings) {
    return new DatabaseSettings(
        servers(settings),
        name(settings),
        role(settings, "DB_USER_APP", "DB_PASSWORD_APP"),
        role(settings, "DB_USER_ADMIN", "DB_PASSWORD_ADMIN"),
        Tls.read(settings));
  }

  private static Role role(Settings settings, String user, String password) {
    return new Role(user, settings.required(user), settings.required(password));
  }

  /** The servers as a message shows them: {@code db1:5432,db2:5432}. */
  public String where() {
    return servers.stream().map(Server::toString).collect(Collectors.joining(","));
  }

  /** The address in the words of the settings, by their names. */
  public Map<String, String> address() {
    Map<String, String> address = new LinkedHashMap<>();
    address.put("DB_HOST", joined(Server::host));
    address.put("DB_PORT", joined(server -> Integer.toString(server.port())));
    address.put("DB_NAME", name);
    address.put("DB_SSLMODE", tls.mode());
    address.put("DB_SSLROOTCERT", tls.rootCert().orElse(""));
    return address;
  }

  private String joined(Function<Server, String> part) {
    return servers.stream().map(part).collect(Collectors.joining(","));
  }

  private static List<Server> servers(Settings settings) {
    String[] hosts =
        settings
            .plain("DB_HOST")
            .orElseThrow(() -> new IllegalSetting("DB_HOST", "is required"))
            .split(",", -1);
    for (String host : hosts) {
      if (!host.matches("[^\\s/?&%+#\\[\\]]+")) {
        throw new IllegalSetting(
            "DB_HOST",
            "expected a host, or several as in db1,db2; an IPv6 address has no brackets");
      }
    }
    String[] ports = settings.plain("DB_PORT").orElse("5432").split(",", -1);
    if (ports.length != hosts.length) {
      throw new IllegalSetting(
          "DB_PORT", "expected a port for each host of DB_HOST, as in 5432,5432");
    }
    return IntStream.range(0, hosts.length)
        .mapToObj(i -> new Server(hosts[i], Settings.port("DB_PORT", ports[i])))
        .toList();
  }

  private static String name(Settings settings) {
    String name = settings.plain("DB_NAME").orElse("alga");
    if (!name.matches("[\\w.-]+")) {
      throw new IllegalSetting("DB_NAME", "expected letters, digits, '_', '-' and '.' only");
    }
    return name;
  }
}
