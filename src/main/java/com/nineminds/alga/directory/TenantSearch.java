package com.nineminds.alga.directory;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads lists of tenants page by page. It never counts a list, and reads only as far as the page
 * needs.
 */
@ApplicationScoped
public class TenantSearch {

  private static final int SLICE = 50;

  private static final Sql OWNERS_OF_CODE = Sql.file(TenantSearch.class, "find_owners_of_code");
  private static final Sql OWNERS_OF_APPLIANCE =
      Sql.file(TenantSearch.class, "find_owners_of_appliance");

  @Inject Database database;

  /** A page for clients of the service. */
  ListPage page(ListRequest request) {
    TenantFilter filter = request.filter();
    TenantSelect select = new TenantSelect(filter, TenantSort.newest);
    if (filter.query() != null) {
      SearchText text = new SearchText(filter.query());
      if (text.tenantId() != null) {
        select.among(text.tenantId());
      } else if (text.hasTrigram()) {
        select.containing(text);
      } else {
        select.containingShort(text);
      }
    }
    if (request.after() != null) {
      select.after(request.after());
    }
    List<ListedTenant> found = select.rows(database, request.limit() + 1);
    if (found.size() <= request.limit()) {
      return new ListPage(found, null);
    }
    List<ListedTenant> items = found.subList(0, request.limit());
    ListedTenant last = items.get(items.size() - 1);
    return new ListPage(items, new Cursor(last.registeredAt(), last.tenantId()));
  }

  /**
   * A page of at most 50 tenants for operators. They may also search by the last four characters of
   * a code and by the beginning of an appliance's id. A text without three letters or digits in a
   * row is searched only at the beginning of company names. If the page at the place is empty,
   * returns the first page.
   */
  public TenantSlice slice(TenantQuery query) {
    List<ListedTenant> found = rows(query, SLICE + 1);
    Cursor place = query.place();
    boolean hasMore = found.size() > SLICE;
    if (place != null && (place.forward() ? found.isEmpty() : !hasMore)) {
      // no row is left after the place, or at most one page is left before it
      return slice(query.at(null));
    }
    if (hasMore) {
      found =
          place == null || place.forward() ? found.subList(0, SLICE) : found.subList(1, SLICE + 1);
    }
    boolean hasNext = hasMore || (place != null && !place.forward());
    return new TenantSlice(
        found,
        place == null ? null : Cursor.before(found.get(0).tenantId()).place(),
        hasNext ? Cursor.after(found.get(found.size() - 1).tenantId()).place() : null);
  }

  /**
   * At most {@code limit} rows after the place, or the nearest rows before it. The rows are in the
   * order of the list.
   */
  public List<ListedTenant> rows(TenantQuery query, int limit) {
    Cursor place = query.place();
    boolean forward = place == null || place.forward();
    TenantSelect select =
        new TenantSelect(query.filter(), forward ? query.sort() : query.sort().reversed());
    if (query.filter().query() != null) {
      search(select, new SearchText(query.filter().query()));
    }
    if (place != null) {
      select.after(place);
    }
    List<ListedTenant> found = select.rows(database, limit);
    if (!forward) {
      Collections.reverse(found);
    }
    return found;
  }

  private void search(TenantSelect select, SearchText text) {
    if (text.tenantId() != null) {
      select.among(text.tenantId());
    } else if (text.isMaskedCode()) {
      select.among(ofCode(text.last4()).toArray(UUID[]::new));
    } else if (text.hasTrigram()) {
      select.containing(text, owners(text));
    } else {
      select.beginning(text);
    }
  }

  private UUID[] owners(SearchText text) {
    return Stream.concat(ofCode(text.last4()), ofAppliance(text.appliancePrefix()))
        .distinct()
        .toArray(UUID[]::new);
  }

  private Stream<UUID> ofCode(String last4) {
    return last4 == null
        ? Stream.empty()
        : owners(database.query(OWNERS_OF_CODE).with("last4", last4));
  }

  private Stream<UUID> ofAppliance(String prefix) {
    return prefix == null
        ? Stream.empty()
        : owners(
            database
                .query(OWNERS_OF_APPLIANCE)
                .with("prefix", prefix)
                .with("beyond", SearchText.beyond(prefix)));
  }

  private static Stream<UUID> owners(SqlCall call) {
    return call.rows(row -> row.uuid("tenant_id")).stream();
  }
}
