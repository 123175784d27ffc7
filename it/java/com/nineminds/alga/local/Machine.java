package com.nineminds.alga.local;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What decides whether the embedded PostgreSQL can run here.
 *
 * @param isRoot whether the user is root, as whom PostgreSQL never runs
 * @param mayUnshare whether root can start it under another user id, by {@code unshare -U}
 * @param isAlpine whether the system is Alpine Linux, whose C library is not that of the binaries
 */
record Machine(boolean isRoot, boolean mayUnshare, boolean isAlpine) {

  private static final String OTHERWISE = "set DB_HOST to the host of another PostgreSQL.";

  /** This machine and the user of this JVM. The system is Linux or macOS. */
  static Machine here() {
    return new Machine(
        new UnixSystem().getUid() == 0,
        LinuxUtils.isUnshareAvailable(),
        Files.exists(Path.of("/etc/alpine-release")));
  }

  /** Throws {@link CannotStart} if PostgreSQL cannot run, before anything is written. */
  void mustRunPostgres() {
    if (isAlpine) {
      throw noPostgresFor("Alpine Linux");
    }
    if (isRoot && !mayUnshare) {
      throw new CannotStart(
          "PostgreSQL never runs as root, and root may not use unshare here: give this folder to"
              + " another user and run mvn as that user (useradd -m alga; chown -R alga .; su alga"
              + " -c mvn), or "
              + OTHERWISE);
    }
  }

  static CannotStart noPostgresFor(String system) {
    return new CannotStart(
        "There is no embedded PostgreSQL for "
            + system
            + ": run mvn on Linux or macOS with x86-64 or ARM, or "
            + OTHERWISE);
  }
}
