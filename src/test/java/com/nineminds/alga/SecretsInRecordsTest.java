package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No record shows a code, a credential, a license, a link or a password when it is printed. */
class SecretsInRecordsTest {

  private static final Path CLASSES = Path.of("target", "classes");

  /** It is also a valid code. Only the record of a code checks its value. */
  private static final String SECRET = "ZZZZZZZZZZZZZZZZ";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(secret|password|credential|token|jwt|code|url|key|verifier|nonce).*|state");

  /** Components with a name like a secret that are no secrets. */
  private static final Set<String> HARMLESS =
      Set.of(
          "ApplianceSettings.publicBaseUrl",
          "Code.codeMasked", // the last four characters
          "IdempotencyKey.value", // a client's name for its request
          "Item.installCodeState", // one of five words
          "ListedTenant.installCodeState",
          "ObjectStoreSettings.isoKey", // the place of the image
          "ProblemBody.code"); // an error code of the contract

  static Stream<Class<?>> recordsWithSecrets() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(CLASSES.resolve("com"))) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    return files.stream()
        .map(SecretsInRecordsTest::load)
        .filter(Class::isRecord)
        .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(c -> isSecret(type, c)));
  }

  @Test
  void recordsAreFound() throws IOException {
    assertThat(recordsWithSecrets().map(Class::getSimpleName))
        .contains(
            "Redeemed",
            "CheckedIn",
            "Signed",
            "Minted",
            "Answer",
            "ApplianceSnapshot",
            "License",
            "ClaimCode",
            "Credential",
            "TypedCode",
            "FreshCode",
            "Link",
            "Role")
        .hasSizeGreaterThanOrEqualTo(16);
  }

  @ParameterizedTest
  @MethodSource("recordsWithSecrets")
  void secretIsNotShown(Class<?> type) throws ReflectiveOperationException {
    assertThat(filled(type).toString()).doesNotContain(SECRET);
  }

  private static boolean isSecret(Class<?> type, RecordComponent component) {
    String whole = type.getSimpleName() + "." + component.getName();
    boolean isOnlyComponent = type.getRecordComponents().length == 1;
    return component.getType() == String.class
        && !HARMLESS.contains(whole)
        && SECRET_NAME.matcher(isOnlyComponent ? whole : component.getName()).matches();
  }

  private static Object filled(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    return constructor.newInstance(
        Arrays.stream(components)
            .map(component -> isSecret(type, component) ? SECRET : some(component.getType()))
            .toArray());
  }

  private static Object some(Class<?> type) {
    Map<Class<?>, Object> values =
        Map.of(
            boolean.class,
            true,
            int.class,
            1,
            long.class,
            1L,
            String.class,
            "a text",
            UUID.class,
            new UUID(1, 2),
            Optional.class,
            Optional.empty(),
            List.class,
            List.of(),
            Map.class,
            Map.of());
    return values.get(type);
  }

  private static Class<?> load(Path file) {
    String name =
        CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
    try {
      return Class.forName(name, false, SecretsInRecordsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
