package com.nineminds.alga.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL ran a statement, as {@code auto_explain} logs it in JSON.
 *
 * @param statement as the service sent it, on one line
 */
record Plan(String statement, JsonNode root) {

  /**
   * An index.
   *
   * @param table whose it is
   * @param method its access method: {@code btree}, {@code gin}, {@code brin}
   * @param leading what its first column holds: a column or an expression
   */
  record Index(String table, String method, String leading) {}

  /** What may hold back rows until all of them were read: a limit above it stops nothing below. */
  private static final Set<String> READ_ALL =
      Set.of("Sort", "Incremental Sort", "Aggregate", "WindowAgg", "Hash", "ModifyTable", "SetOp");

  private static final Pattern LOGGED =
      Pattern.compile("LOG: {2}duration: [0-9.]+ ms {2}plan:\n((?:\t.*\n)+)");

  /** The plans in a server's log, whose lines after the first of a message begin with a tab. */
  static List<Plan> logged(String log) {
    JsonMapper mapper = new JsonMapper();
    List<Plan> plans = new ArrayList<>();
    Matcher matcher = LOGGED.matcher(log);
    while (matcher.find()) {
      JsonNode explained = mapper.readTree(matcher.group(1));
      plans.add(
          new Plan(
              explained.get("Query Text").asString().replaceAll("\\s+", " ").strip(),
              explained.get("Plan")));
    }
    return plans;
  }

  /** More than a list looks ahead for a page, and less than a table of the test has. */
  private static final long MANY = 6_000;

  /**
   * The tables that it reads from end to end, each with how: those without an index, those by an
   * index but without a condition on its first column. Reading in an index's order up to a limit is
   * no such thing, unless thousands of rows were read and not wanted.
   */
  List<String> wholeReads(Map<String, Index> indexes) {
    List<String> found = new ArrayList<>();
    collect(root, false, indexes, found);
    return found;
  }

  private static void collect(
      JsonNode node, boolean isLimited, Map<String, Index> indexes, List<String> found) {
    String type = node.get("Node Type").asString();
    String table = node.path("Relation Name").asString("");
    String index = node.path("Index Name").asString("");
    if (type.equals("Seq Scan")) {
      found.add(table + ": " + type);
    } else if (!index.isEmpty() && !isLimited && !isLookUp(node, indexes.get(index))) {
      found.add(indexes.get(index).table() + ": " + type + " of all of " + index);
    }
    if (!index.isEmpty() && isLimited && unwanted(node) > MANY) {
      found.add(table + ": " + type + " of too many rows of " + index);
    }
    boolean first = true;
    for (JsonNode child : node.path("Plans")) {
      String relation = child.path("Parent Relationship").asString("");
      boolean isDriven = relation.equals("Outer") || relation.equals("Member");
      boolean isLimitedToo =
          (type.equals("Limit") || (isLimited && !READ_ALL.contains(type)))
              && (isDriven || relation.equals("Subquery"))
              && (first || relation.equals("Member"));
      collect(child, isLimitedToo, indexes, found);
      first = false;
    }
  }

  private static long unwanted(JsonNode node) {
    return node.path("Rows Removed by Filter").asLong(0) * node.path("Actual Loops").asLong(0);
  }

  /** A B-tree finds nothing by its later columns alone; the other kinds do. */
  private static boolean isLookUp(JsonNode node, Index index) {
    String condition = node.path("Index Cond").asString("");
    return !condition.isEmpty()
        && (!index.method().equals("btree") || bare(condition).contains(bare(index.leading())));
  }

  /** Without the names of tables, the casts of domains, and the parentheses of either. */
  private static String bare(String expression) {
    return expression.replaceAll("\\b[a-z_0-9]+\\.|::text|[()]", "");
  }
}
