package com.nineminds.alga;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The text files of this project: those of git, or all except the results of a build. */
final class SourceFiles {

  private static final Set<String> NOT_OURS = Set.of("target", ".local", ".git");
  private static final int HEAD = 8_000;

  private SourceFiles() {}

  /** Every text file below {@code root}. */
  static List<Path> below(Path root) {
    List<Path> files = listed(root);
    if (files.isEmpty()) {
      files = walked(root);
    }
    return files.stream().filter(SourceFiles::isText).sorted().toList();
  }

  /** The files that git lists; empty without git or without a repository. */
  static List<Path> listed(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!git.waitFor(1, TimeUnit.MINUTES) || git.exitValue() != 0) {
        return List.of();
      }
      return Arrays.stream(names.split("\0", -1))
          .filter(name -> !name.isEmpty())
          .map(root::resolve)
          .filter(Files::isRegularFile)
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The files in all folders. */
  static List<Path> walked(Path root) {
    List<Path> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>(List.of(root));
    while (!folders.isEmpty()) {
      try (Stream<Path> entries = Files.list(folders.remove(folders.size() - 1))) {
        for (Path entry : entries.toList()) {
          if (Files.isRegularFile(entry)) {
            files.add(entry);
          } else if (Files.isDirectory(entry)
              && !NOT_OURS.contains(entry.getFileName().toString())) {
            folders.add(entry);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** The content of a file. Replacement characters stand for bytes that are no UTF-8. */
  static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isText(Path file) {
    String content = content(file);
    return content.substring(0, Math.min(HEAD, content.length())).indexOf('\0') < 0;
  }
}
