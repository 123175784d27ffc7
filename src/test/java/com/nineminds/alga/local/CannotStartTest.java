package com.nineminds.alga.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the local run cannot start, one sentence says what to do. */
class CannotStartTest {

  @TempDir Path directory;

  @Test
  void rootWithoutUnshareIsToldToRunMvnAsAnotherUser() {
    assertThatThrownBy(() -> new Machine(true, false, false).mustRunPostgres())
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "PostgreSQL never runs as root, and root may not use unshare here: give this folder to"
                + " another user and run mvn as that user (useradd -m alga; chown -R alga .; su"
                + " alga -c mvn), or set DB_HOST to the host of another PostgreSQL.");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "false, false"})
  void everyOtherUserMayStartIt(boolean isRoot, boolean mayUnshare) {
    assertThatCode(() -> new Machine(isRoot, mayUnshare, false).mustRunPostgres())
        .doesNotThrowAnyException();
  }

  /** The binaries need the C library of other systems, so they would only be "not found". */
  @Test
  void alpineIsToldWhichSystemsHaveAPostgres() {
    assertThatThrownBy(() -> new Machine(false, false, true).mustRunPostgres())
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "There is no embedded PostgreSQL for Alpine Linux: run mvn on Linux or macOS with"
                + " x86-64 or ARM, or set DB_HOST to the host of another PostgreSQL.");
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Linux, ppcle_64", "FreeBSD, x86_64"})
  void systemWithoutBinariesIsToldWhichHaveThem(String system, String processor) {
    assertThatThrownBy(() -> Postmaster.binaries(system, processor))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith(
            "There is no embedded PostgreSQL for " + system + " on " + processor + ": run mvn on");
  }

  /** A file system in a ZIP has no owners either. */
  @Test
  void filesWithoutOwnersRightsAreRefused() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(directory.resolve("files.zip"), Map.of("create", "true"))) {
      Path local = zip.getPath("/local");
      assertThatThrownBy(() -> SecretFiles.directory(local))
          .isInstanceOf(CannotStart.class)
          .hasMessageEndingWith("on Windows, run mvn in a Linux of WSL.");
    }
  }

  /** The {@code unshare} of this run fails, as in a container that forbids it. */
  @Test
  void localRunOfSuchARootEndsWithTheSentenceAndMakesNoDatabase() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "only root needs unshare");
    Path unshare = Files.createDirectory(directory.resolve("first")).resolve("unshare");
    Files.writeString(unshare, "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LocalRun.class.getName(),
            directory.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("DB_"));
    builder.environment().merge("PATH", unshare.getParent() + ":", (path, first) -> first + path);
    Process run = builder.redirectErrorStream(true).start();
    assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("CannotStart: PostgreSQL never runs as root, and root may not use unshare here:");
    assertThat(run.waitFor()).isOne();
    assertThat(directory.resolve(".local/pg")).doesNotExist();
  }
}
