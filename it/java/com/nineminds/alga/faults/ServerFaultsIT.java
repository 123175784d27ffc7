package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Cluster;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk of the database server is full, the server is read-only, or it stops answering. */
@Tag("faults")
class ServerFaultsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int DISK_MEGABYTES = 40;
  private static final int MORE_THAN_FITS = 5_000;

  private static Cluster cluster;
  private static Node node;
  private static Sql sql;
  private static Api api;

  @BeforeAll
  static void start() {
    cluster = Cluster.startWithSecondDisk(DISK_MEGABYTES);
    cluster.createDatabaseOnSecondDisk("alga");
    sql = cluster.sql("alga");
    node = Node.start("server-faults", cluster.settings("alga"));
    api = new Api(node.base());
  }

  @AfterAll
  static void stop() {
    node.close();
    cluster.close();
  }

  @Test
  void aFullDiskEndsIn503AndNothingIsDone() {
    List<Supplier<Answer>> requests = requests();
    sql.update("CREATE TABLE ballast (filler text)");
    for (int rows = 100_000; rows > 0; rows /= 10) {
      fill(rows);
    }
    // only the space within the tables is left now
    List<Supplier<Answer>> refused = new ArrayList<>();
    for (int i = 0; refused.isEmpty() && i < MORE_THAN_FITS; i++) {
      refused.addAll(refused(List.of(Work.register_tenant.of(null, api))));
    }
    assertThat(refused).isNotEmpty();
    List<String> before = Work.written(sql);
    assertThat(refused(refused)).isEqualTo(refused);
    assertThat(Work.written(sql)).isEqualTo(before);
    refused.addAll(refused(requests));
    sql.update("DROP TABLE ballast");
    assertThat(refused(refused)).isEmpty();
  }

  @Test
  void aServerThatOnlyReadsEndsIn503UntilItWritesAgain() {
    List<Supplier<Answer>> requests = requests();
    List<String> before = Work.written(sql);
    readOnly("on");
    assertThat(refused(requests)).isEqualTo(requests);
    assertThat(node.healthStatus("ready")).isEqualTo(503);
    assertThat(node.healthStatus("live")).isEqualTo(200);
    assertThat(Work.written(sql)).isEqualTo(before);
    readOnly("off");
    node.awaitReady();
    assertThat(refused(requests)).isEmpty();
  }

  @Test
  void aServerThatFallsSilentEndsIn503() {
    List<Supplier<Answer>> requests = requests();
    cluster.pause();
    try {
      long start = System.nanoTime();
      AtOnce.all(requests).forEach(Work::assertUnavailable);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    } finally {
      cluster.resume();
    }
    node.awaitReady();
    assertThat(refused(requests)).isEmpty();
  }

  private static List<Supplier<Answer>> requests() {
    return Stream.of(Work.values()).map(work -> work.of(api)).toList();
  }

  /** Returns the requests that got a 503. The others were done. */
  private static List<Supplier<Answer>> refused(List<Supplier<Answer>> requests) {
    List<Supplier<Answer>> refused = new ArrayList<>();
    for (Supplier<Answer> request : requests) {
      Answer answer = request.get();
      if (answer.status() >= 400) {
        Work.assertUnavailable(answer);
        refused.add(request);
      }
    }
    return refused;
  }

  private static void fill(int rows) {
    assertThatThrownBy(
            () -> {
              while (true) {
                sql.update(
                    "INSERT INTO ballast SELECT repeat('x', 80) FROM generate_series(1, ?)", rows);
              }
            })
        .hasMessageContaining("No space left on device");
  }

  private static void readOnly(String value) {
    sql.update("ALTER SYSTEM SET default_transaction_read_only = " + value);
    sql.all(Boolean.class, "SELECT pg_reload_conf()");
    Await.until(
        PATIENCE,
        () -> sql.one(String.class, "SHOW default_transaction_read_only").equals(value),
        () -> "not " + value);
  }
}
