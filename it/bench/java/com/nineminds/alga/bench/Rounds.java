package com.nineminds.alga.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the phases in rounds. Each round measures the service and then the floor. */
final class Rounds {

  private final Options options;
  private final Postgres postgres;
  private final Subject subject;
  private final Load load;
  private final Map<String, List<Run>> service = new LinkedHashMap<>();
  private final Map<String, List<Run>> floor = new HashMap<>();
  private final List<OneCode.Race> races = new ArrayList<>();

  /**
   * @param postgres null if this program did not start the database; there is no floor then
   */
  Rounds(Options options, Postgres postgres, Subject subject) {
    this.options = options;
    this.postgres = postgres;
    this.subject = subject;
    this.load = new Load(subject, options.connections());
  }

  void measure() throws SQLException, IOException {
    say("warming up: " + options.warmUp() + " tenants of each edition");
    for (Phase phase : new Phases(options.warmUp(), options.rate(), 1).all()) {
      run(phase);
    }
    Floor database = null;
    if (postgres != null) {
      say("recording a round for the floor");
      database = new Floor(postgres, subject, options.connections());
      List<Phase> phases =
          new Phases(options.n(), 0, 0).all().stream().filter(phase -> phase.count() > 0).toList();
      database.record("alga", phases, load);
      database.round(); // warms up its plans and caches too
    }
    for (int round = 1; round <= options.rounds(); round++) {
      say("round " + round);
      for (Phase phase : new Phases(options.n(), options.rate(), options.paced()).all()) {
        service.computeIfAbsent(phase.name(), name -> new ArrayList<>()).add(run(phase));
      }
      races.add(OneCode.race(subject));
      if (database != null) {
        database
            .round()
            .forEach((name, run) -> floor.computeIfAbsent(name, n -> new ArrayList<>()).add(run));
      }
    }
    Report report = new Report(service, floor, races, subject.mebibytes());
    say(report.markdown());
    report.requireRight();
  }

  private Run run(Phase phase) throws SQLException {
    if (phase.before() != null) {
      subject.execute(phase.before());
    }
    subject.execute(Bench.SETTLE, "CHECKPOINT");
    return load.run(phase);
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
