package com.nineminds.alga.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Open Liberty process that {@code liberty:run} starts as a child of Maven. A file remembers
 * the process. If Maven is killed, the next run can end the process.
 */
final class ServerProcess {

  private static final int STOP_PATIENCE_SECONDS = 40; // the server gives its requests 30 s to end

  private final Path memory;

  ServerProcess(Path memory) {
    this.memory = memory;
  }

  /** Writes down the server that this JVM has started. Returns false if there is none yet. */
  boolean remember() {
    Optional<ProcessHandle> server = child();
    server.ifPresent(process -> SecretFiles.write(memory, identity(process)));
    return server.isPresent();
  }

  /** Returns when the server of this JVM has ended. It ends with Maven. */
  void awaitEnd() throws IOException {
    Optional<ProcessHandle> server = child();
    if (server.isPresent() && !ends(server.get())) {
      server.get().destroyForcibly();
    }
  }

  /** Ends the server of an earlier run if it still runs. Returns when it has ended. */
  void stopRemembered() throws IOException {
    if (Files.notExists(memory)) {
      return;
    }
    String remembered = Files.readString(memory);
    long pid = Long.parseLong(remembered.substring(0, remembered.indexOf(' ')));
    Optional<ProcessHandle> server =
        ProcessHandle.of(pid).filter(process -> identity(process).equals(remembered));
    if (server.isPresent()) {
      server.get().destroy();
      if (!ends(server.get())) {
        server.get().destroyForcibly();
        ends(server.get());
      }
    }
    Files.delete(memory);
  }

  private static Optional<ProcessHandle> child() {
    return ProcessHandle.current().descendants().filter(ServerProcess::isServer).findAny();
  }

  private static boolean isServer(ProcessHandle process) {
    // "server create" runs the same jar, but has more arguments after the name of the server.
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return arguments.length > 1 && arguments[arguments.length - 2].endsWith("ws-server.jar");
  }

  /** The process id alone is not enough. Another process may have it later. */
  private static String identity(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Instant::toString).orElse("?");
  }

  private static boolean ends(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the server stops", e);
    }
  }
}
