package com.nineminds.alga.directory;

import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import java.util.function.Function;

/**
 * The query parameters of {@code GET /tenants}.
 *
 * @param limit 1 to 200
 * @param after the last tenant of the previous page; null for the first page
 */
record ListRequest(TenantFilter filter, int limit, Cursor after) {

  private static final int MAX_LIMIT = 200;
  private static final int DEFAULT_LIMIT = 50;

  /** Reads query parameters. An empty parameter counts as absent. Throws {@link InvalidRequest}. */
  static ListRequest read(Function<String, String> parameters) {
    Parameters given = new Parameters(parameters);
    TenantFilter filter = TenantFilter.read(given);
    Integer limit = given.read("limit", ListRequest::limit);
    Cursor after = given.read("cursor", Cursor::parse);
    if (!given.errors().isEmpty()) {
      throw new InvalidRequest(given.errors());
    }
    return new ListRequest(filter, limit == null ? DEFAULT_LIMIT : limit, after);
  }

  private static Integer limit(String text) {
    if (text.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw new IllegalArgumentException("must be a whole number from 1 to " + MAX_LIMIT);
  }
}
