package com.nineminds.alga.bench;

import com.google.common.primitives.ImmutableLongArray;
import com.nineminds.alga.bench.Recording.Call;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Measures the greatest speed that the database allows. It records one round of the service. It
 * then runs the same statements with the same values over plain JDBC, on a copy of the database
 * from before the round. The copy gets the same transactions over as many connections. There is no
 * HTTP, no JSON and no signature.
 */
final class Floor {

  private static final String BEFORE = "floor_before";
  private static final String DATABASE = "floor";

  /** Every change adds a row to this table. Its row count shows whether both runs did the same. */
  private static final String WRITTEN = "audit_log";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Postgres postgres;
  private final Subject subject;
  private final int connections;
  private final Map<Phase, List<List<Call>>> recorded = new LinkedHashMap<>();
  private final Kinds kinds = new Kinds();
  private long recordedRows;

  Floor(Postgres postgres, Subject subject, int connections) {
    this.postgres = postgres;
    this.subject = subject;
    this.connections = connections;
  }

  /** Copies the database as it is now, and records a round of the given phases without a timer. */
  void record(String database, List<Phase> phases, Load load) throws SQLException {
    postgres.copy(database, BEFORE);
    Recording recording = new Recording(postgres, LocalPostgres.APP);
    Await.until(
        PATIENCE,
        () -> {
          askAnything();
          return recording.hasBegun();
        },
        () -> "nothing in " + postgres.log());
    for (Phase phase : phases) {
      if (phase.before() != null) {
        subject.execute(phase.before());
      }
      recording.skip();
      Run run = load.run(phase);
      if (run.errors() > 0) {
        throw new IllegalStateException(phase.name() + ": " + run.complaint());
      }
      List<List<Call>> transactions = recording.transactions();
      recorded.put(phase, transactions);
      transactions.forEach(calls -> calls.forEach(kinds::learn));
    }
    recording.stop();
    recordedRows = postgres.count(database, WRITTEN);
  }

  private void askAnything() {
    try (KeptAlive connection = new KeptAlive(subject.base())) {
      connection.get("/health/ready", null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the recorded statements on a fresh copy. Returns the run of each phase. */
  Map<String, Run> round() throws SQLException {
    postgres.copy(BEFORE, DATABASE);
    Map<String, Run> runs = new HashMap<>();
    for (Map.Entry<Phase, List<List<Call>>> phase : recorded.entrySet()) {
      if (phase.getKey().before() != null) {
        postgres.execute(DATABASE, phase.getKey().before());
      }
      postgres.execute(DATABASE, Bench.SETTLE);
      runs.put(phase.getKey().name(), replay(phase.getKey(), phase.getValue()));
    }
    long rows = postgres.count(DATABASE, WRITTEN);
    if (rows != recordedRows) {
      throw new IllegalStateException(
          "the floor wrote something else: %d rows of %s, not %d"
              .formatted(rows, WRITTEN, recordedRows));
    }
    postgres.execute("postgres", "DROP DATABASE " + DATABASE + " WITH (FORCE)");
    return runs;
  }

  private Run replay(Phase phase, List<List<Call>> transactions) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger errors = new AtomicInteger();
    AtomicReference<String> complaint = new AtomicReference<>();
    Usage before = subject.usage();
    long[] start = {0};
    CyclicBarrier connected = new CyclicBarrier(connections, () -> start[0] = System.nanoTime());
    Workers.run(
        connections,
        () -> {
          try (Connection connection = postgres.app(DATABASE)) {
            connected.await();
            Map<String, PreparedStatement> prepared = new HashMap<>();
            for (int i = next.getAndIncrement();
                i < transactions.size();
                i = next.getAndIncrement()) {
              try {
                run(connection, prepared, transactions.get(i));
              } catch (SQLException e) {
                errors.incrementAndGet();
                complaint.compareAndSet(null, e.getMessage());
                if (!connection.getAutoCommit()) {
                  connection.rollback();
                }
              }
            }
          }
          return null;
        });
    double seconds = (System.nanoTime() - start[0]) / 1e9;
    // one request of the service counts once, however many transactions it needs
    return new Run(
        phase.name(),
        ImmutableLongArray.copyOf(new long[phase.count()]),
        errors.get(),
        complaint.get(),
        seconds,
        subject.usage().since(before));
  }

  private void run(
      Connection connection, Map<String, PreparedStatement> prepared, List<Call> transaction)
      throws SQLException {
    boolean isOne = transaction.size() == 1;
    if (connection.getAutoCommit() != isOne) {
      connection.setAutoCommit(isOne);
    }
    for (Call call : transaction) {
      PreparedStatement statement = prepared.get(call.sql());
      if (statement == null) {
        statement = connection.prepareStatement(call.sql());
        prepared.put(call.sql(), statement);
      }
      kinds.bind(statement, call);
      statement.execute();
    }
    if (!isOne) {
      connection.commit();
    }
  }
}
