package com.nineminds.alga.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU seconds of three processes and their descendants; 0 without {@code /proc}. */
record Usage(double service, double database, double load) {

  static final Usage NONE = new Usage(0, 0, 0);

  /** The unit in which Linux reports CPU time to programs, whatever its own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");
  private static final double KIB_PER_MIB = 1024;

  /** The usage so far. */
  static Usage of(ProcessHandle service, ProcessHandle database) {
    return new Usage(cpu(service), cpu(database), cpu(ProcessHandle.current().pid()));
  }

  Usage plus(Usage other) {
    return new Usage(service + other.service, database + other.database, load + other.load);
  }

  Usage since(Usage before) {
    return new Usage(service - before.service, database - before.database, load - before.load);
  }

  /** The memory of a process and its descendants, now or at its peak ({@code VmHWM}). */
  static long mebibytes(ProcessHandle process, String field) {
    return process == null
        ? 0
        : Math.round(
            all(process).mapToDouble(one -> kibibytes(one.pid(), field)).sum() / KIB_PER_MIB);
  }

  private static double cpu(ProcessHandle process) {
    return process == null ? 0 : all(process).mapToDouble(one -> cpu(one.pid())).sum();
  }

  private static Stream<ProcessHandle> all(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static double cpu(long pid) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // the name may hold any character; utime, stime, and the times of ended children follow it
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double kibibytes(long pid, String field) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /** Returns an empty text if the process has ended. */
  private static String read(long pid, String file) {
    try {
      return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
    } catch (IOException e) {
      return "";
    }
  }
}
