package com.nineminds.alga.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The benchmark program. {@code mvn -Pbench} measures the routes. With {@code -Dbench=return} all
 * appliances check in within a minute. {@code -Dbench=load} compares an empty database with a
 * database of a million tenants. {@link Options} lists the options, and benchmark.md describes
 * them. The program prints its results in Markdown to standard output.
 */
public final class Bench {

  /** The statement before each phase, which removes the effects of the phase before it. */
  static final String SETTLE = "VACUUM (ANALYZE)";

  private static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

  private Bench() {}

  /**
   * Returns if all answers were right.
   *
   * @throws IllegalStateException if an answer was wrong or missing
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
