package com.nineminds.alga.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The program: {@code mvn -Pbench} measures the routes, {@code -Dbench=return} has all appliances
 * come back at once, {@code -Dbench=load} compares an empty database with one of a million tenants.
 * {@link Options} are its options; benchmark.md has them all. What it finds goes to standard
 * output, in Markdown.
 */
public final class Bench {

  /** What is done before each phase, so that none pays for the one before it. */
  static final String SETTLE = "VACUUM (ANALYZE)";

  private static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

  private Bench() {}

  /**
   * Returns when all was right.
   *
   * @throws IllegalStateException when an answer was wrong, or none came
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    Options options = Options.read();
    if (options.url() != null) {
      try (Subject subject = Subject.given(options)) {
        measure(options, null, subject);
      }
      return;
    }
    try (Postgres postgres = Postgres.start(DIRECTORY.resolve("pg"))) {
      if (options.mode().equals("load")) {
        new Sizes(options, postgres).compare();
        return;
      }
      try (Subject subject = Subject.start(postgres, "alga")) {
        measure(options, postgres, subject);
      }
    }
  }

  private static void measure(Options options, Postgres postgres, Subject subject)
      throws IOException, SQLException {
    switch (options.mode()) {
      case "phases" -> new Rounds(options, postgres, subject).measure();
      case "return" -> new Return(options, subject).measure();
      default ->
          throw new IllegalArgumentException(
              "-Dbench is phases, return, or load (which starts what it needs): not "
                  + options.mode());
    }
  }
}
