package com.nineminds.alga.db.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code DB_SSLMODE} against a server with TLS, whose certificate is for localhost. */
class TlsIT {

  @TempDir static Path directory;
  private static LocalPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = LocalPostgres.start(directory.resolve("pg"), 0);
    Path home = Path.of(show("data_directory"));
    certify("server", "dns:localhost");
    certify("other", "dns:localhost");
    Files.copy(directory.resolve("server.crt"), home.resolve("server.crt"));
    Path key = Files.copy(directory.resolve("server.key"), home.resolve("server.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.setAttribute(key, "unix:uid", Files.getAttribute(home, "unix:uid"));
    Files.setAttribute(
        home.resolve("server.crt"), "unix:uid", Files.getAttribute(home, "unix:uid"));
    execute("ALTER SYSTEM SET ssl = on");
    execute("SELECT pg_reload_conf()");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "prefer, , localhost",
    "require, , localhost",
    "require, , 127.0.0.1",
    "verify-ca, server, localhost",
    "verify-ca, server, 127.0.0.1",
    "verify-full, server, localhost"
  })
  void connectionIsEncrypted(String mode, String rootCert, String host) throws SQLException {
    DatabaseSettings settings = settings(mode, rootCert, host, server.port());
    try (Connection connection = new StartConnections(settings).await(settings.app());
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      row.next();
      assertThat(row.getBoolean(1)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "verify-full, server, 127.0.0.1",
    "verify-full, other, localhost",
    "verify-ca, other, localhost"
  })
  void serverThatTheCertificateDoesNotProveIsRefused(String mode, String rootCert, String host) {
    assertRefused(settings(mode, rootCert, host, server.port()));
  }

  @ParameterizedTest
  @CsvSource({"require,", "verify-ca, server", "verify-full, server"})
  void serverWithoutTlsIsRefused(String mode, String rootCert) {
    assertRefused(settings(mode, rootCert, "localhost", Stage.postgres().port()));
  }

  @Test
  void serverWithoutTlsIsAcceptedByDefault() throws SQLException {
    Map<String, String> given = Stage.settings(LocalPostgres.DATABASE);
    DatabaseSettings settings =
        DatabaseSettings.read(new Settings(name -> Optional.ofNullable(given.get(name))));
    new StartConnections(settings).await(settings.app()).close();
  }

  private static void assertRefused(DatabaseSettings settings) {
    assertThatThrownBy(() -> new StartConnections(settings).await(settings.app()))
        .isInstanceOf(UnusableDatabase.class)
        .hasMessageContaining("refuses the role alga_app (DB_USER_APP)")
        .hasMessageNotContaining("\n");
  }

  private static DatabaseSettings settings(String mode, String rootCert, String host, int port) {
    Map<String, String> given = new LinkedHashMap<>(Stage.settings(LocalPostgres.DATABASE));
    given.put("DB_HOST", host);
    given.put("DB_PORT", Integer.toString(port));
    given.put("DB_SSLMODE", mode);
    given.put("DB_PASSWORD_APP", server.appPassword());
    if (rootCert != null) {
      given.put("DB_SSLROOTCERT", directory.resolve(rootCert + ".crt").toString());
    }
    return DatabaseSettings.read(new Settings(name -> Optional.ofNullable(given.get(name))));
  }

  /** Makes {@code name.crt} and {@code name.key} with the tool of the JDK. */
  private static void certify(String name, String subject)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    write(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    write(name + ".key", "PRIVATE KEY", keys.getKey(name, "changeit".toCharArray()).getEncoded());
  }

  private static void write(String file, String kind, byte[] content) throws IOException {
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content)));
  }

  private static String show(String setting) throws SQLException {
    try (Connection connection = server.superuserConnection("postgres");
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server.superuserConnection("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
