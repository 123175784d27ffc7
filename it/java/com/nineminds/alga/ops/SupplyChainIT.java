package com.nineminds.alga.ops;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;

/** The WAR uses every library in it, and the bill of materials names every one. */
class SupplyChainIT {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path WEB_INF = TARGET.resolve("alga-license/WEB-INF");
  private static final int CLASS_CONSTANT = 7;

  /** No class of the service leads to these libraries. They are found by the name of a file. */
  private static final Map<String, String> FOUND_BY_NAME =
      Map.of(
          "byte-buddy", "Hibernate's way of making proxies",
          "flyway-database-postgresql", "a plugin of Flyway",
          "slf4j-jdk14", "the binding of SLF4J",
          "htmx.org", "a script",
          "picocss__pico", "a style sheet",
          "uplot", "a script and a style sheet");

  @Test
  void everyLibraryInTheWarIsUsed() throws IOException {
    Map<String, Path> jarOf = new HashMap<>();
    for (Path jar : libraries()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(".class"))
            .forEach(name -> jarOf.putIfAbsent(name.replace(".class", ""), jar));
      }
    }
    Set<Path> used = reached(jarOf);
    assertThat(
            libraries().stream()
                .filter(jar -> !used.contains(jar))
                .map(SupplyChainIT::nameOf)
                .toList())
        .containsExactlyInAnyOrderElementsOf(FOUND_BY_NAME.keySet());
  }

  /** The libraries of all classes to which the service's classes lead. */
  private static Set<Path> reached(Map<String, Path> jarOf) throws IOException {
    Deque<String> open = new ArrayDeque<>();
    try (Stream<Path> ours = Files.walk(WEB_INF.resolve("classes"))) {
      for (Path file : ours.filter(path -> path.toString().endsWith(".class")).toList()) {
        try (InputStream bytes = Files.newInputStream(file)) {
          open.addAll(referred(bytes));
        }
      }
    }
    Map<Path, JarFile> opened = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Set<Path> used = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.pop();
      Path jar = jarOf.get(name);
      if (jar == null || !seen.add(name)) {
        continue;
      }
      used.add(jar);
      if (!opened.containsKey(jar)) {
        opened.put(jar, new JarFile(jar.toFile()));
      }
      JarFile file = opened.get(jar);
      try (InputStream bytes = file.getInputStream(file.getEntry(name + ".class"))) {
        open.addAll(referred(bytes));
      }
    }
    for (JarFile file : opened.values()) {
      file.close();
    }
    return used;
  }

  /** The classes that a class names. */
  private static List<String> referred(InputStream bytes) throws IOException {
    ClassReader reader = new ClassReader(bytes.readAllBytes());
    char[] buffer = new char[reader.getMaxStringLength()];
    return Stream.iterate(1, i -> i + 1)
        .limit(reader.getItemCount() - 1L)
        .map(reader::getItem)
        .filter(offset -> offset > 0 && reader.readByte(offset - 1) == CLASS_CONSTANT)
        .map(offset -> reader.readUTF8(offset, buffer).replaceAll("^\\[+L|;$", ""))
        .toList();
  }

  @Test
  void billOfMaterialsNamesEveryLibraryAndTheDriver() throws IOException {
    Set<String> named =
        components()
            .map(component -> component.getString("name") + "-" + component.getString("version"))
            .collect(Collectors.toSet());
    assertThat(named)
        .containsAll(
            libraries().stream()
                .map(jar -> jar.getFileName().toString().replace(".jar", ""))
                .toList())
        .anyMatch(name -> name.startsWith("postgresql-"))
        .noneMatch(name -> name.startsWith("junit"));
  }

  /** A WAR that a Mac builds has one more, for that Mac. */
  @Test
  void warHasTheNativeSignaturesForEveryLinuxAndTheBillOfMaterialsNamesThem() throws IOException {
    String name = "AmazonCorrettoCryptoProvider";
    Set<String> inTheWar;
    try (Stream<Path> files = Files.list(WEB_INF.resolve("classes/com/nineminds/alga/license"))) {
      inTheWar =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".jar"))
              .collect(Collectors.toSet());
    }
    assertThat(inTheWar).contains(name + "-linux-x86_64.jar", name + "-linux-aarch_64.jar");
    assertThat(
            components()
                .filter(component -> component.getString("name").equals(name))
                .map(component -> component.getString("purl"))
                .map(purl -> purl.replaceAll(".*[?&]classifier=([^&]+).*", name + "-$1.jar"))
                .toList())
        .containsExactlyInAnyOrderElementsOf(inTheWar);
  }

  private static Stream<JsonObject> components() throws IOException {
    try (JsonReader json =
        Json.createReader(Files.newInputStream(TARGET.resolve("alga-license-sbom.json")))) {
      return json.readObject().getJsonArray("components").getValuesAs(JsonObject.class).stream();
    }
  }

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(WEB_INF.resolve("lib"))) {
      return jars.sorted().toList();
    }
  }

  private static String nameOf(Path jar) {
    return jar.getFileName().toString().replaceAll("-\\d.*", "");
  }
}
