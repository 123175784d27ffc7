package com.nineminds.alga.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The results of the rounds.
 *
 * @param service the runs of each phase, round by round
 * @param floor the same for the database alone; it lacks phases without a measured floor
 * @param mebibytes resident memory of the service after the load
 */
record Report(
    Map<String, List<Run>> service,
    Map<String, List<Run>> floor,
    List<OneCode.Race> races,
    long mebibytes) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        """

        | phase | requests/s | p50 ms | p95 ms | p99 ms | max ms | CPU s per 1,000: service | PostgreSQL | load | floor/s | service / floor | wrong |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    service.forEach((phase, rounds) -> text.append(line(phase, Run.of(rounds))));
    text.append(
        line(
            "\n%s, %d cores, %d MiB resident after the load. 64 appliances at once on one code:"
                + " one winner in %d of %d rounds, the slowest %.0f ms.\n",
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            mebibytes,
            races.stream().filter(OneCode.Race::isRight).count(),
            races.size(),
            races.stream().mapToDouble(OneCode.Race::millis).max().orElse(0)));
    complaints().forEach(complaint -> text.append(complaint).append('\n'));
    return text.toString();
  }

  /** Throws an exception if an answer or a race was wrong. */
  void requireRight() {
    List<String> complaints = complaints();
    if (!complaints.isEmpty() || !races.stream().allMatch(OneCode.Race::isRight)) {
      throw new IllegalStateException("not all was right: " + complaints + " " + races);
    }
  }

  private List<String> complaints() {
    return List.of(service, floor).stream()
        .flatMap(side -> side.values().stream())
        .flatMap(List::stream)
        .filter(run -> run.errors() > 0)
        .map(run -> run.phase() + ": " + run.errors() + " wrong, as " + run.complaint())
        .toList();
  }

  private String line(String phase, Run run) {
    double thousands = run.nanos().length() / 1_000.0;
    return line(
        "| %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f | %s | %d |\n",
        phase,
        run.perSecond(),
        run.millis(0.5),
        run.millis(0.95),
        run.millis(0.99),
        run.millis(1),
        run.usage().service() / thousands,
        run.usage().database() / thousands,
        run.usage().load() / thousands,
        againstFloor(phase, run),
        run.errors());
  }

  /** The rate of the floor, the total ratio, and the least and greatest ratio of a round. */
  private String againstFloor(String phase, Run run) {
    List<Run> limits = floor.get(phase);
    if (limits == null) {
      return "- | -";
    }
    List<Run> rounds = service.get(phase);
    double[] ratios =
        IntStream.range(0, rounds.size())
            .mapToDouble(i -> rounds.get(i).perSecond() / limits.get(i).perSecond())
            .sorted()
            .toArray();
    double limit = Run.of(limits).perSecond();
    return line(
        "%.0f | %.2f (%.2f–%.2f)",
        limit, run.perSecond() / limit, ratios[0], ratios[ratios.length - 1]);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
