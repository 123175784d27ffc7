package com.nineminds.alga.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records the statements that the service sends to its database. The log of PostgreSQL has every
 * statement with its values. So the floor always runs the current SQL of the service.
 */
final class Recording {

  /** A process, its role, and a statement or its first line. */
  private static final Pattern STATEMENT =
      Pattern.compile("(\\d+) (\\S+) LOG:  (?:execute [^:]*|statement): (.*)");

  private static final Pattern VALUES = Pattern.compile("(\\d+) \\S+ DETAIL:  [Pp]arameters: (.*)");

  private static final Pattern VALUE = Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']++|'')*+)')");

  /**
   * A statement.
   *
   * @param sql text for JDBC
   * @param values values as texts; null for a null
   */
  record Call(String sql, List<String> values) {}

  private final Postgres postgres;
  private final String role;
  private final Map<String, String> texts = new HashMap<>();
  private long position;

  /** Records all statements of the role until {@link #stop}. */
  Recording(Postgres postgres, String role) throws SQLException {
    this.postgres = postgres;
    this.role = role;
    configure("SET log_line_prefix = '%p %u '", "SET log_statement = 'all'");
    skip();
  }

  void stop() throws SQLException {
    configure("RESET log_line_prefix", "RESET log_statement");
  }

  private void configure(String... settings) throws SQLException {
    for (String setting : settings) {
      postgres.execute("postgres", "ALTER SYSTEM " + setting);
    }
    postgres.execute("postgres", "SELECT pg_reload_conf()");
  }

  /** Forgets all statements so far. */
  void skip() {
    try {
      position = Files.size(postgres.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether anything was recorded since the last {@link #skip}. The log begins with a delay. */
  boolean hasBegun() {
    long begin = position;
    boolean begun = !transactions().isEmpty();
    position = begin;
    return begun;
  }

  /** Returns the transactions since the last call or the last {@link #skip}, in their order. */
  List<List<Call>> transactions() {
    List<List<Call>> transactions = new ArrayList<>();
    Map<String, List<Call>> open = new HashMap<>();
    for (String message : messages(postgres.log())) {
      String[] lines = message.split("\nDETAIL ", 2);
      Matcher statement = STATEMENT.matcher(lines[0]);
      if (!statement.lookingAt() || !statement.group(2).equals(role)) {
        continue;
      }
      String process = statement.group(1);
      String sql = lines[0].substring(statement.start(3)).strip();
      if (sql.equals("BEGIN")) {
        open.put(process, new ArrayList<>());
      } else if (sql.equals("COMMIT") || sql.equals("ROLLBACK")) {
        List<Call> done = open.remove(process);
        if (done != null && !done.isEmpty()) {
          transactions.add(done);
        }
      } else {
        Call call = new Call(jdbc(sql), lines.length == 1 ? List.of() : values(lines[1]));
        List<Call> around = open.get(process);
        if (around == null) {
          transactions.add(List.of(call));
        } else {
          around.add(call);
        }
      }
    }
    return transactions;
  }

  /** Keeps the same text only once, however often it was sent. */
  private String jdbc(String sql) {
    return texts.computeIfAbsent(sql, text -> text.replaceAll("\\$\\d+", "?"));
  }

  private static List<String> values(String text) {
    List<String> values = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      values.add(matcher.group(1) == null ? null : matcher.group(1).replace("''", "'"));
    }
    return values;
  }

  /** One message for each statement, with its values after {@code \nDETAIL }. */
  private List<String> messages(Path log) {
    List<String> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    try (FileChannel file = FileChannel.open(log).position(position);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher values = VALUES.matcher(line);
        if (line.startsWith("\t")) {
          message.append('\n').append(line, 1, line.length());
        } else if (values.matches()) {
          message.append("\nDETAIL ").append(values.group(2));
        } else {
          messages.add(message.toString());
          message.setLength(0);
          message.append(line);
        }
      }
      messages.add(message.toString());
      position = file.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }
}
