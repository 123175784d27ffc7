package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of settings has exactly the settings of the code, with their defaults and ranges. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
  private static final Path SERVER_XML = Path.of("src/main/liberty/config/server.xml");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| (required|none|`[^`]+`) \\| ([^|]+) \\| [^|]+ \\|$");
  private static final Pattern ANY_ROW = Pattern.compile("(?m)^\\| `");
  private static final Pattern DOCUMENTED_RANGE = Pattern.compile("(\\d+ to \\d+)$");
  private static final Pattern RANGE = Pattern.compile("a whole number from (\\d+ to \\d+)");
  private static final Pattern NAME = Pattern.compile("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");
  private static final Pattern SERVER_VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");
  private static final Pattern SERVER_DEFAULT =
      Pattern.compile("<variable name=\"([A-Z_]+)\" defaultValue=\"([^\"]*)\"");

  /** A value for each setting without a default. */
  private static final Map<String, String> VALUES = new HashMap<>();

  /** One row of the page. */
  record Documented(String name, String byDefault, String unit) {

    boolean isRequired() {
      return byDefault.equals("required");
    }

    /** The default; empty for a setting without one. */
    Optional<String> value() {
      return byDefault.startsWith("`") ? Optional.of(byDefault.replace("`", "")) : Optional.empty();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void makeValues() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    VALUES.put(
        "ALGA_LICENSE_PRIVATE_KEY",
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----"
            .formatted("PRIVATE KEY", Base64.getMimeEncoder().encodeToString(key)));
    VALUES.put("ALGA_LICENSE_KID", "key-1");
    VALUES.put("ALGA_LICENSE_SERVICE_SECRET", "s".repeat(32));
    VALUES.put("CLAIM_CODE_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    VALUES.put("PUBLIC_BASE_URL", "https://license.example.com");
    for (String name :
        List.of("HOST", "USER_APP", "PASSWORD_APP", "USER_ADMIN", "PASSWORD_ADMIN")) {
      VALUES.put("DB_" + name, "database");
    }
    VALUES.put("OBJECT_STORE_ENDPOINT", "https://objects.example.com");
    for (String name : List.of("BUCKET", "ACCESS_KEY", "SECRET_KEY")) {
      VALUES.put("OBJECT_STORE_" + name, "objects");
    }
    VALUES.put("CONSOLE_OIDC_DISCOVERY_URL", "https://provider.example.com");
    for (String name : List.of("CLIENT_ID", "CLIENT_SECRET", "GROUP")) {
      VALUES.put("CONSOLE_OIDC_" + name, "provider");
    }
  }

  static List<Documented> documented() throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .map(row -> new Documented(row.group(1), row.group(2), row.group(3).strip()))
        .toList();
  }

  static List<Documented> documentedWithDefault() throws IOException {
    return documented().stream().filter(row -> row.value().isPresent()).toList();
  }

  @Test
  void everyRowIsUnderstoodAndOfASettingOfItsOwn() throws IOException {
    assertThat(documented())
        .hasSize((int) ANY_ROW.matcher(Files.readString(PAGE)).results().count())
        .extracting(Documented::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void pageHasExactlyTheSettingsThatTheCodeReads() throws IOException {
    GivenSettings given = all();
    read(given);
    Set<String> read = new TreeSet<>(given.asked());
    read.addAll(names(SERVER_VARIABLE, SERVER_XML));
    assertThat(documented()).extracting(Documented::name).containsExactlyInAnyOrderElementsOf(read);
  }

  /** Includes the settings that the code reads only together with others. */
  @Test
  void pageHasEveryNameInTheSettingsOfAModule() throws IOException {
    List<Path> classes =
        SourceFiles.below(Path.of("src/main/java")).stream()
            .filter(file -> file.toString().endsWith("Settings.java"))
            .toList();
    assertThat(classes).hasSizeGreaterThan(10);
    for (Path file : classes) {
      assertThat(documented()).extracting(Documented::name).containsAll(names(NAME, file));
    }
  }

  @ParameterizedTest
  @MethodSource("documentedWithDefault")
  void defaultIsThatOfTheCode(Documented setting) throws IOException {
    String byDefault = setting.value().orElseThrow();
    String same = VALUES.getOrDefault(byDefault, byDefault);
    assertThat(read(all().with(setting.name(), same)))
        .usingRecursiveComparison()
        .usingOverriddenEquals()
        .isEqualTo(read(all()));
    Map<String, String> ofServer =
        SERVER_DEFAULT
            .matcher(Files.readString(SERVER_XML))
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    assertThat(ofServer.getOrDefault(setting.name(), byDefault)).isEqualTo(byDefault);
  }

  @Test
  void exactlyTheRequiredOnesAreRequired() throws IOException {
    List<String> required =
        documented().stream().filter(Documented::isRequired).map(Documented::name).toList();
    GivenSettings least = GivenSettings.of();
    required.forEach(name -> least.with(name, VALUES.get(name)));
    assertThat(refusal(least)).isEmpty();
    for (String name : required) {
      assertThat(refusal(least.without(name)))
          .hasValueSatisfying(message -> assertThat(message).startsWith(name + ": is required"));
      least.with(name, VALUES.get(name));
    }
  }

  @ParameterizedTest
  @MethodSource("documented")
  void rangeIsThatOfTheCode(Documented setting) {
    Optional<String> ofTheCode =
        refusal(all().with(setting.name(), "not a number"))
            .map(RANGE::matcher)
            .filter(Matcher::find)
            .map(match -> match.group(1));
    Optional<String> ofThePage =
        Optional.of(DOCUMENTED_RANGE.matcher(setting.unit()))
            .filter(Matcher::find)
            .map(match -> match.group(1));
    assertThat(ofThePage).isEqualTo(ofTheCode);
  }

  private static GivenSettings all() {
    GivenSettings given = GivenSettings.of();
    VALUES.forEach(given::with);
    return given;
  }

  /** Reads the settings of every module, with all methods of {@link Wiring} that do so. */
  private static List<Object> read(GivenSettings given) {
    List<Method> readers =
        Arrays.stream(Wiring.class.getDeclaredMethods())
            .filter(method -> List.of(method.getParameterTypes()).equals(List.of(Settings.class)))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    assertThat(readers).hasSizeGreaterThan(9);
    List<Object> all = new ArrayList<>(List.of(ServerSettings.read(given.settings())));
    for (Method reader : readers) {
      try {
        all.add(reader.invoke(null, given.settings()));
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof IllegalSetting refusal
            ? refusal
            : new IllegalStateException(e);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  private static Optional<String> refusal(GivenSettings given) {
    try {
      read(given);
      return Optional.empty();
    } catch (IllegalSetting refusal) {
      return Optional.of(refusal.getMessage());
    }
  }

  private static List<String> names(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }
}
