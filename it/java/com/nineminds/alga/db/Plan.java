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
 * The plan of a statement, as {@code auto_explain} logs it in JSON.
 *
 * @param statement SQL that the service sent, on one line
 * @param parameters the values of the statement, as in {@code $1 = '7', $2 = NULL}
 */
record Plan(String statement, String parameters, JsonNode root) {

  /**
   * An index.
   *
   * @param table table of the index
   * @param method access method: {@code btree}, {@code gin}, {@code brin}
   * @param leading first column or expression of the index
   */
  record Index(String table, String method, String leading) {}

  /** Nodes that may read all rows before they return one. A limit above does not help. */
  private static final Set<String> READ_ALL =
      Set.of("Sort", "Incremental Sort", "Aggregate", "WindowAgg", "Hash", "ModifyTable", "SetOp");

  private static final Pattern LOGGED =
      Pattern.compile("LOG: {2}duration: [0-9.]+ ms {2}plan:\n((?:\t.*\n)+)");

  /** The plans in the log of a server. A tab begins each line that continues a message. */
  static List<Plan> logged(String log) {
    JsonMapper mapper = new JsonMapper();
    List<Plan> plans = new ArrayList<>();
    Matcher matcher = LOGGED.matcher(log);
    while (matcher.find()) {
      JsonNode explained = mapper.readTree(matcher.group(1));
      plans.add(
          new Plan(
              explained.get("Query Text").asString().replaceAll("\\s+", " ").strip(),
              explained.path("Query Parameters").asString(""),
              explained.get("Plan")));
    }
    return plans;
  }

  /** More rows than a list reads ahead for a page, but fewer than a table of the test has. */
  private static final long MANY = 6_000;

  /**
   * The tables that the statement reads from end to end, each with the way. One way is a read
   * without an index. Another is an index scan without a condition on the first column. A scan in
   * the order of an index up to a limit does not count, unless it reads thousands of unwanted rows.
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

  /** A B-tree finds nothing by its later columns alone. The other kinds of index do. */
  private static boolean isLookUp(JsonNode node, Index index) {
    String condition = node.path("Index Cond").asString("");
    return !condition.isEmpty()
        && (!index.method().equals("btree") || bare(condition).contains(bare(index.leading())));
  }

  /** The expression without table names, casts of domains, and parentheses. */
  private static String bare(String expression) {
    return expression.replaceAll("\\b[a-z_0-9]+\\.|::text|[()]", "");
  }
}
