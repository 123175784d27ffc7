package com.nineminds.alga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files have a greatest length, and packages a greatest number of files. */
class SizeLimitsTest {

  private static final int MAX_LINES = 300;
  private static final int MAX_FILES = 15;

  @Test
  void filesAreShort() throws IOException {
    for (String root : List.of("src/main/java", "src/test/java", "it/java", "it/bench/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          assertThat(Files.readAllLines(file))
              .as(file.toString())
              .hasSizeLessThanOrEqualTo(MAX_LINES);
        }
      }
    }
  }

  @Test
  void packagesAreSmall() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      Map<Path, Long> sizes =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      assertThat(sizes)
          .isNotEmpty()
          .allSatisfy((folder, size) -> assertThat(size).isLessThanOrEqualTo(MAX_FILES));
    }
  }
}
