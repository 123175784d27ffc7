package com.nineminds.alga.admin;

import com.nineminds.alga.http.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.Problem.FieldError;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which tenants to list, and where to go on; every member but {@code limit} may be null.
 *
 * @param query a part of the company's name or the e-mail, or a whole tenant id
 * @param limit 1 to 200
 * @param after the last tenant of the page before
 */
record TenantFilter(
    String query,
    Edition edition,
    ProductCode productCode,
    TenantStatus status,
    DeploymentType deploymentType,
    int limit,
    Cursor after) {

  private static final int MAX_LIMIT = 200;
  private static final int MAX_QUERY = 200;
  private static final int DEFAULT_LIMIT = 50;

  /** Reads query parameters; an empty one counts as absent. Throws {@link InvalidRequest}. */
  static TenantFilter read(MultivaluedMap<String, String> parameters) {
    Parameters given = new Parameters(parameters, new ArrayList<>());
    Integer limit = given.read("limit", TenantFilter::limit);
    TenantFilter filter =
        new TenantFilter(
            given.read("query", TenantFilter::query),
            given.word("edition", Edition.class),
            given.word("product_code", ProductCode.class),
            given.word("status", TenantStatus.class),
            given.word("deployment_type", DeploymentType.class),
            limit == null ? DEFAULT_LIMIT : limit,
            given.read("cursor", Cursor::parse));
    if (!given.errors().isEmpty()) {
      throw new InvalidRequest(given.errors());
    }
    return filter;
  }

  private static String query(String text) {
    if (text.codePoints().anyMatch(Character::isISOControl)
        || text.codePointCount(0, text.length()) > MAX_QUERY) {
      throw new IllegalArgumentException("must be a text of at most 200 characters");
    }
    return text.isBlank() ? null : text.strip();
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

  private record Parameters(MultivaluedMap<String, String> values, List<FieldError> errors) {

    <T> T read(String name, Function<String, T> parse) {
      String text = values.getFirst(name);
      if (text == null || text.isEmpty()) {
        return null;
      }
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        errors.add(new FieldError(name, e.getMessage()));
        return null;
      }
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
      return read(
          name,
          text -> {
            for (E word : type.getEnumConstants()) {
              if (word.name().equals(text)) {
                return word;
              }
            }
            throw new IllegalArgumentException(
                "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", ")));
          });
    }
  }
}
