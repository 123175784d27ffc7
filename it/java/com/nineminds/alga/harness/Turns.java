package com.nineminds.alga.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides which test classes run at the same time. The run has two processes, and each takes the
 * next class. A class with the tag {@code faults} or {@code alone} measures time, or needs the
 * whole machine: it runs while no other class runs. JUnit finds this extension by itself.
 */
public final class Turns implements BeforeAllCallback, AfterAllCallback {

  private static final Path RUN = Path.of("target", "it");

  /** The lock of the machine: shared by ordinary classes. This process holds it for one class. */
  private static FileLock held;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (isNested(context) || System.getProperty("alga.it.fork") == null) {
      return;
    }
    Files.createDirectories(RUN);
    boolean alone = context.getTags().contains("faults") || context.getTags().contains("alone");
    // A class that must run alone keeps the queue while it waits, so that no other class begins.
    try (FileChannel queue = open("queue.lock");
        FileLock first = queue.lock()) {
      held = open("machine.lock").lock(0, Long.MAX_VALUE, !alone);
      assert first.isValid();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (!isNested(context) && held != null) {
      held.acquiredBy().close();
      held = null;
    }
  }

  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().getEnclosingClass() != null;
  }

  private static FileChannel open(String name) throws IOException {
    return FileChannel.open(
        RUN.resolve(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }
}
