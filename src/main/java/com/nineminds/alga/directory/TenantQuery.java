package com.nineminds.alga.directory;

import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.registry.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the address of a list page asks for.
 *
 * @param sort never null
 * @param place where in the list; null for its beginning
 * @param errors the parameters that are wrong, and so count as absent
 */
public record TenantQuery(
    TenantFilter filter, TenantSort sort, Place place, List<FieldError> errors) {

  /**
   * Reads {@code query}, {@code edition}, {@code product_code}, {@code status}, {@code
   * deployment_type}, {@code sort} and {@code place}; throws nothing.
   *
   * @param parameters the first value of a name, null when there is none
   */
  public static TenantQuery read(Function<String, String> parameters) {
    Parameters given = new Parameters(parameters);
    TenantFilter filter = TenantFilter.read(given);
    TenantSort sort = given.word("sort", TenantSort.class);
    Place place = given.read("place", Place::parse);
    return new TenantQuery(filter, sort == null ? TenantSort.newest : sort, place, given.errors());
  }

  /** The same list from another place. */
  public TenantQuery at(Place other) {
    return new TenantQuery(filter, sort, other, errors);
  }

  /**
   * The page after a tenant, or the one before it. It tells only the tenant's id, in whatever order
   * the list is: its place is looked up when the page is read.
   */
  public record Place(boolean forward, UUID tenantId) {

    private static final String AFTER = "after-";
    private static final String BEFORE = "before-";

    /** The page after this tenant. */
    public static Place after(UUID tenantId) {
      return new Place(true, tenantId);
    }

    static Place before(UUID tenantId) {
      return new Place(false, tenantId);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is none of ours
     */
    static Place parse(String text) {
      boolean forward = text.startsWith(AFTER);
      String prefix = forward ? AFTER : BEFORE;
      if (!text.startsWith(prefix)) {
        throw new IllegalArgumentException("is not a place in this list");
      }
      try {
        return new Place(forward, TenantId.parse(text.substring(prefix.length())).value());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("is not a place in this list", e);
      }
    }

    @Override
    public String toString() {
      return (forward ? AFTER : BEFORE) + tenantId;
    }
  }
}
