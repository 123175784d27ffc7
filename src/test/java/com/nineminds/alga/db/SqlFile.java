package com.nineminds.alga.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file of the source tree that holds one SQL statement. */
record SqlFile(Path path) {

  static final Path RESOURCES = Path.of("src", "main", "resources");

  /** Every SQL file, in alphabetical order. */
  static List<SqlFile> all() {
    return under(RESOURCES, ".sql").stream().map(SqlFile::new).toList();
  }

  /** The files below {@code folder} whose names end with {@code ending}, in alphabetical order. */
  static List<Path> under(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the statement: the name of the file without its ending. */
  String name() {
    return path.getFileName().toString().replace(".sql", "");
  }

  String content() {
    return read(path);
  }

  Sql sql() {
    return Sql.text(content());
  }

  @Override
  public String toString() {
    return RESOURCES.relativize(path).toString();
  }
}
