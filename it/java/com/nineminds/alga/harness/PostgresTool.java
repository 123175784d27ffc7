package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of PostgreSQL on this machine. Its server refuses to run as root. If the tests run
 * as root, the programs run as the user of the package.
 */
final class PostgresTool {

  private static final boolean AS_ROOT = System.getProperty("user.name").equals("root");
  private static final String USER = "postgres";

  private PostgresTool() {}

  /** Runs the program to its end in that directory. A failure has the output of the program. */
  static void run(Path directory, String name, String... arguments) {
    runWithin(List.of(), directory, name, arguments);
  }

  /** Runs the program as a child of another command, which gets the program and its arguments. */
  static void runWithin(
      List<String> surroundings, Path directory, String name, String... arguments) {
    List<String> command = new ArrayList<>(surroundings);
    if (AS_ROOT) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(find(name));
    command.addAll(List.of(arguments));
    run(directory, command);
  }

  /** Starts a program that runs until it is destroyed. */
  static Process start(Path directory, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (AS_ROOT) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(find(name));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(Stage.DIRECTORY.resolve(name + ".log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the directory to the user who runs the programs. */
  static void give(Path directory) {
    if (AS_ROOT) {
      run(directory, List.of("chown", "--recursive", USER, directory.toString()));
    }
  }

  /** Removes the directory with all its files. */
  static void remove(Path directory) {
    run(directory.getParent(), List.of("rm", "-rf", directory.toString()));
  }

  /** Sends a signal that Java cannot send. */
  static void signal(String signal, List<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill \"$@\"", "sh", signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    run(Path.of("/"), command);
  }

  /** Whether {@link #run} finds a program of that name. */
  static boolean isInstalled(String name) {
    try {
      return Files.isExecutable(Path.of(find(name)));
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Looks in the directories of Debian's packages, the newest first, and then on the PATH. */
  private static String find(String name) {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      Stream<Path> packaged =
          versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin"));
      Stream<Path> path =
          Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":", -1)).map(Path::of);
      return Stream.concat(packaged, path)
          .map(directory -> directory.resolve(name))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new NoSuchFileException(name))
          .toString();
    } catch (IOException e) {
      throw new IllegalStateException(
          "no PostgreSQL server found (install it: apt-get install postgresql)", e);
    }
  }

  private static void run(Path directory, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
