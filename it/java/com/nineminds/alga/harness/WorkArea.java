package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes starts of nodes quicker. The first node of a run leaves two things behind when it ends:
 * what a server keeps from its first start, and an archive of its loaded classes, which the JVM of
 * the next nodes maps into memory (class data sharing). Each node would have to make its own
 * otherwise.
 */
final class WorkArea {

  private static final String SERVER = "it";
  private static final String MAKER = "work-area";

  private static final Path CLASSES = Stage.DIRECTORY.resolve("classes.jsa");

  /** The server has a Java agent, which JVMs allow with an archive only when told so. */
  private static final String WITH_AN_AGENT =
      "-XX:+UnlockDiagnosticVMOptions -XX:+AllowArchivingWithJavaAgent -XX:-PrintWarnings ";

  /** For the JVM of a node. One that cannot use the archive goes on without it. */
  static final String JVM_OPTIONS = WITH_AN_AGENT + "-XX:SharedArchiveFile=" + CLASSES;

  private static boolean isMade;

  private WorkArea() {}

  /** Gives it to a node of that name which has not been started yet. */
  static synchronized void give(String node, String server) {
    if (!server.equals(SERVER) || node.equals(MAKER) || Files.exists(of(node))) {
      return;
    }
    if (!isMade) {
      Map<String, String> settings = Stage.settings(Stage.freshDatabase());
      settings.put("JVM_ARGS", Node.QUICK + WITH_AN_AGENT + "-XX:ArchiveClassesAtExit=" + CLASSES);
      Node.start(MAKER, settings).close();
      isMade = true;
    }
    copy(of(MAKER), of(node));
  }

  private static Path of(String node) {
    return Node.home(node).resolve(SERVER).resolve("workarea");
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      List<Path> files =
          all.filter(path -> !path.getFileName().toString().startsWith(".s")).toList();
      for (Path path : files) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
