package com.nineminds.alga.db.start;

import com.nineminds.alga.db.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Looks once a second who holds the lock that a migration waits for. */
final class LockWatch implements AutoCloseable {

  private static final Sql LOCK_HOLDERS = Sql.file(LockWatch.class, "lock_holders");

  private final DataSource admin;
  private final Set<String> holders = new ConcurrentSkipListSet<>();
  private final Thread thread = new Thread(this::lookAgainAndAgain, "alga-lock-watch");

  private LockWatch(DataSource admin) {
    this.admin = admin;
  }

  /** Begins to look, for the first time after a second. */
  static LockWatch begin(DataSource admin) {
    LockWatch watch = new LockWatch(admin);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** The sessions that held the lock, or a general word if none was seen. */
  String holders() {
    return holders.isEmpty() ? "another session" : String.join(", ", new TreeSet<>(holders));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void lookAgainAndAgain() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try (Connection connection = admin.getConnection();
        PreparedStatement statement = connection.prepareStatement(LOCK_HOLDERS.jdbc())) {
      statement.setString(1, StartConnections.APPLICATION);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          holders.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      // only the log line lacks a name
    }
  }
}
