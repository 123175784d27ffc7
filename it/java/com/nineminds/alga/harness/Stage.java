package com.nineminds.alga.harness;

import com.nineminds.alga.license.TestKeys;
import com.nineminds.alga.local.HashPassword;
import com.nineminds.alga.local.LocalObjectStore;
import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What all tests of a run share: the database server, the object store, one node of the service.
 * Each is started when it is first asked for, and ends with the JVM.
 */
public final class Stage {

  /** Where a run leaves its logs: {@code target/it}. */
  public static final Path DIRECTORY = Path.of("target", "it").toAbsolutePath();

  private static final KeyPair SIGNING = TestKeys.p256();
  public static final String SERVICE_SECRET = "it-service-secret-" + random(12);
  public static final String ACCESS_KEY = "it-access";
  public static final String SECRET_KEY = "it-secret-" + random(12);
  public static final String BUCKET = "releases";
  public static final String CLAIM_CODE_KEY = random(32);
  public static final String PRIVATE_KEY = TestKeys.pkcs8(SIGNING);
  private static final String PUBLIC_KEY = TestKeys.publicPem(SIGNING);

  /** As few as the service takes: tests sign in often. */
  private static final int FEWEST_HASH_ITERATIONS = 210_000;

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Stage() {}

  private static final class Postgres {
    static final LocalPostgres SERVER = start();

    private static LocalPostgres start() {
      try {
        Files.createDirectories(DIRECTORY);
        return LocalPostgres.start(DIRECTORY.resolve("pg"), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class ObjectStore {
    static final LocalObjectStore STORE = start();

    private static LocalObjectStore start() {
      try {
        return LocalObjectStore.start(null, 0, ACCESS_KEY, SECRET_KEY, BUCKET);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Operators {
    static final Map<String, String> PASSWORDS = Map.of("anna", random(12), "boris", random(12));
    static final Path FILE = write();

    private static Path write() {
      try {
        String lines =
            PASSWORDS.entrySet().stream()
                .map(
                    operator ->
                        HashPassword.line(
                            operator.getKey(),
                            operator.getValue().toCharArray(),
                            FEWEST_HASH_ITERATIONS))
                .collect(Collectors.joining("\n", "", "\n"));
        return Files.writeString(
            Files.createDirectories(DIRECTORY).resolve("console-operators"), lines);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The pooler before the database, if the profile {@code pooler} names its mode. */
  private static final class Pool {
    static final String MODE = System.getProperty("alga.it.pooler", "");
    static final Pooler POOLER = MODE.isEmpty() ? null : Pooler.start(MODE);
  }

  private static final class SharedNode {
    static final String DATABASE = freshDatabase();
    static final Node NODE = Node.start("shared", longLived(settings(DATABASE)));
  }

  private static final class VariedNode {
    static final Map<String, String> SETTINGS = varied();
    static final Node NODE = Node.start("varied", SETTINGS);

    private static Map<String, String> varied() {
      Map<String, String> settings = settings(sql().database());
      settings.keySet().removeIf(name -> name.startsWith("OBJECT_STORE_"));
      // a value is taken to the letter
      settings.put("ALGA_LICENSE_SERVICE_SECRET", "it-$$next-${secret}\\${a:b}-" + random(18));
      settings.put("ALGA_LICENSE_SERVICE_SECRET_PREVIOUS", SERVICE_SECRET);
      // the database does not know this zone
      settings.put("JVM_ARGS", Node.QUICK + WorkArea.JVM_OPTIONS + " -Duser.timezone=IST");
      // compose files write empty values
      settings.put("DB_SSLMODE", "");
      settings.put("DB_SSLROOTCERT", "");
      settings.put("ALGA_LICENSE_PUBLISHED_KEYS_DIR", publishedKeys().toString());
      // as tools for containers pass a variable that is not set
      settings.put("KEEP_ALIVE_SECONDS", "");
      return settings;
    }

    private static Path publishedKeys() {
      try {
        Path directory = Files.createDirectories(DIRECTORY.resolve("published-keys"));
        for (String kid : new String[] {"it-0", "it-2"}) {
          Files.writeString(directory.resolve(kid + ".pem"), publicKey());
        }
        Files.writeString(directory.resolve("it-1.pem"), PUBLIC_KEY);
        return directory;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The database server of this run. */
  public static LocalPostgres postgres() {
    return Postgres.SERVER;
  }

  /** The object store of this run; it holds the demo ISO. */
  public static LocalObjectStore objectStore() {
    return ObjectStore.STORE;
  }

  /** The node that most tests use. Its tenants come from all of them: tests find their own. */
  public static Node node() {
    return SharedNode.NODE;
  }

  /**
   * A second node on the same database, amid a rotation: {@link #SERVICE_SECRET} is its previous
   * secret, and the keys {@code it-0} and {@code it-2} are published too. It has no object store,
   * and an empty {@code KEEP_ALIVE_SECONDS}.
   */
  public static Node variedNode() {
    return VariedNode.NODE;
  }

  /** The current service secret of {@link #variedNode}. */
  public static String variedSecret() {
    return VariedNode.SETTINGS.get("ALGA_LICENSE_SERVICE_SECRET");
  }

  /** The password of an operator of the console, {@code anna} or {@code boris}. */
  public static String operatorPassword(String name) {
    return Operators.PASSWORDS.get(name);
  }

  /** What {@code CONSOLE_OPERATORS_FILE} names: the operators with those passwords. */
  public static Path operatorsFile() {
    return Operators.FILE;
  }

  /** A client of {@link #node}. */
  public static Api api() {
    return new Api(node().base());
  }

  /** The database of {@link #node}, as superuser. */
  public static Sql sql() {
    return new Sql(SharedNode.DATABASE);
  }

  /** A new, empty database; gives its name. */
  public static String freshDatabase() {
    String name =
        "it_" + Long.toString(System.currentTimeMillis(), 36) + "_" + DATABASES.incrementAndGet();
    try {
      postgres().createDatabase(name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  /** All settings that a node on that database needs; change them as a test needs it. */
  public static Map<String, String> settings(String database) {
    Map<String, String> settings =
        settings(postgres().port(), database, postgres().appPassword(), postgres().adminPassword());
    return Pool.POOLER == null ? settings : Pool.POOLER.before(settings);
  }

  /** The same for a database of another server on this machine. */
  static Map<String, String> settings(
      int port, String database, String appPassword, String adminPassword) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("DB_HOST", "localhost");
    settings.put("DB_PORT", Integer.toString(port));
    settings.put("DB_NAME", database);
    settings.put("DB_USER_APP", LocalPostgres.APP);
    settings.put("DB_PASSWORD_APP", appPassword);
    settings.put("DB_USER_ADMIN", LocalPostgres.ADMIN);
    settings.put("DB_PASSWORD_ADMIN", adminPassword);
    settings.put("ALGA_LICENSE_SERVICE_SECRET", SERVICE_SECRET);
    settings.put("ALGA_LICENSE_PRIVATE_KEY", PRIVATE_KEY);
    settings.put("ALGA_LICENSE_KID", "it-1");
    settings.put("CLAIM_CODE_KEY", CLAIM_CODE_KEY);
    settings.put("PUBLIC_BASE_URL", "https://license.example.test");
    settings.put("CONSOLE_OPERATORS_FILE", Operators.FILE.toString());
    settings.put("OBJECT_STORE_ENDPOINT", objectStore().endpoint().toString());
    settings.put("OBJECT_STORE_BUCKET", BUCKET);
    settings.put("OBJECT_STORE_ACCESS_KEY", ACCESS_KEY);
    settings.put("OBJECT_STORE_SECRET_KEY", SECRET_KEY);
    settings.put("DRAIN_SECONDS", "0"); // nobody balances load here
    // the contract's rows of refused codes come from one address, in one run
    settings.put("FAILED_REDEEMS_PER_DAY", "1000000");
    settings.put("FAILED_REDEEMS_PER_DAY_OF_ALL", "1000000");
    settings.put("FAILED_CHECK_INS_PER_DAY", "1000000");
    settings.put("FAILED_SERVICE_SECRETS_PER_DAY", "1000000");
    return settings;
  }

  /**
   * The settings of a node that is used a lot, or hashes passwords: it compiles as well as it can.
   */
  public static Map<String, String> longLived(Map<String, String> settings) {
    settings.put("JVM_ARGS", WorkArea.JVM_OPTIONS);
    return settings;
  }

  /** That many random bytes in base64. */
  public static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  /** A fresh EC P-256 private key in PKCS#8 PEM. */
  public static String privateKey() {
    return TestKeys.pkcs8(TestKeys.p256());
  }

  /** A fresh EC P-256 public key in PEM. */
  public static String publicKey() {
    return TestKeys.publicPem(TestKeys.p256());
  }
}
