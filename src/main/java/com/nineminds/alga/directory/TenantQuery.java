package com.nineminds.alga.directory;

import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.registry.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The list that the address of a page asks for.
 *
 * @param sort never null
 * @param place the place in the list; null for its beginning
 * @param errors the wrong parameters, which count as absent
 */
public record TenantQuery(
    TenantFilter filter, TenantSort sort, Place place, List<FieldError> errors) {

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
    Place place = given.read("place", Place::parse);
    return new TenantQuery(filter, sort == null ? TenantSort.newest : sort, place, given.errors());
  }

  /** The same list at another place; null for its beginning. */
  public TenantQuery at(Place other) {
    return new TenantQuery(filter, sort, other, errors);
  }

  /**
   * The page after a tenant, or the page before it. It holds only the tenant's id, whatever the
   * order of the list. The position in the list is looked up when the page is read.
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
     * Reads a text of {@link #toString}.
     *
     * @throws IllegalArgumentException if the text is not a place
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
