package com.nineminds.alga.directory;

import com.nineminds.alga.http.problem.Problem.FieldError;
import java.util.List;
import java.util.function.Function;

/**
 * The list that the address of a page asks for.
 *
 * @param sort never null
 * @param place the place in the list; null for its beginning
 * @param errors the wrong parameters, which count as absent
 */
public record TenantQuery(
    TenantFilter filter, TenantSort sort, Cursor place, List<FieldError> errors) {

  /**
   * Reads {@code query}, {@code edition}, {@code product_code}, {@code status}, {@code
   * deployment_type}, {@code sort} and {@code place}. Throws nothing.
   *
   * @param parameters the first value of a name; null if there is none
   */
  public static TenantQuery read(Function<String, String> parameters) {
    Parameters given = new Parameters(parameters);
    TenantFilter filter = TenantFilter.read(given);
    TenantSort sort = given.word("sort", TenantSort.class);
    Cursor place = given.read("place", Cursor::parsePlace);
    return new TenantQuery(filter, sort == null ? TenantSort.newest : sort, place, given.errors());
  }

  /** The same list from another place. */
  public TenantQuery at(Cursor other) {
    return new TenantQuery(filter, sort, other, errors);
  }
}
