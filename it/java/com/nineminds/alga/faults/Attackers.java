package com.nineminds.alga.faults;

import com.nineminds.alga.harness.KeptAlive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Clients that send one body over many connections as fast as it is answered. They stand for other
 * machines. So they are a process of their own, which gets the CPU time that nobody else wants.
 */
final class Attackers implements AutoCloseable {

  /** As many as it takes to have all places for long bodies. */
  private static final int NETWORKS = 10;

  private static final int PATIENCE_SECONDS = 60;

  /** In place of a status: the connection ended without an answer. */
  static final int NONE = 0;

  /** In place of a status: the answer was not HTTP. */
  private static final int NONSENSE = -1;

  private final Process process;
  private final BufferedReader output;

  private Attackers(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts them; returns once the first of them has its answer. */
  static Attackers at(URI base, Filler filler, int connections) {
    try {
      Attackers attackers =
          new Attackers(
              new ProcessBuilder(
                      "nice",
                      "-n",
                      "19",
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-cp",
                      System.getProperty("java.class.path"),
                      Attackers.class.getName(),
                      base.toString(),
                      filler.name(),
                      Integer.toString(connections))
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .start());
      attackers.output.readLine();
      return attackers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the attack once each request has its answer; gives how many answers had each status. */
  Map<Integer, Long> end() throws IOException, InterruptedException {
    process.outputWriter().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("an attacker still waits for an answer");
    }
    Map<Integer, Long> answers = new TreeMap<>();
    try (Scanner line = new Scanner(output)) {
      while (line.hasNextInt()) {
        answers.put(line.nextInt(), line.nextLong());
      }
    }
    return answers;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process: attacks until its input ends, and says what came of it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    URI base = URI.create(arguments[0]);
    String body = Filler.valueOf(arguments[1]).body();
    AtomicBoolean attacking = new AtomicBoolean(true);
    Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    CountDownLatch first = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      String header = "X-Forwarded-For: 198.51.100." + i % NETWORKS + "\r\n";
      Thread thread =
          new Thread(
              () -> {
                try (KeptAlive connection = new KeptAlive(base, header)) {
                  byte[] request = connection.post("/register", body);
                  while (attacking.get()) {
                    int status = statusOf(connection, request);
                    answers.computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet();
                    first.countDown();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    first.await();
    System.out.println("begun");
    System.in.transferTo(OutputStream.nullOutputStream());
    attacking.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(
        answers.entrySet().stream()
            .map(status -> status.getKey() + " " + status.getValue())
            .collect(Collectors.joining(" ")));
  }

  private static int statusOf(KeptAlive connection, byte[] request) {
    try {
      return connection.send(request).status();
    } catch (IOException e) {
      return NONE; // the next request goes over a new connection
    } catch (RuntimeException e) {
      e.printStackTrace();
      return NONSENSE;
    }
  }
}
