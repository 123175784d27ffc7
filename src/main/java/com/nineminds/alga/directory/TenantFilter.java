package com.nineminds.alga.directory;

import com.nineminds.alga.http.request.TypedText;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;

/**
 * Which tenants to list; every member may be null.
 *
 * @param query the text to search for, not blank and without space around it
 */
public record TenantFilter(
    String query,
    Edition edition,
    ProductCode productCode,
    TenantStatus status,
    DeploymentType deploymentType) {

  private static final int MAX_QUERY = 500;

  /** Reads query parameters. An empty or wrong parameter counts as absent. */
  static TenantFilter read(Parameters given) {
    return new TenantFilter(
        given.read("query", TenantFilter::query),
        given.word("edition", Edition.class),
        given.word("product_code", ProductCode.class),
        given.word("status", TenantStatus.class),
        given.word("deployment_type", DeploymentType.class));
  }

  private static String query(String text) {
    if (text.codePoints().anyMatch(Character::isISOControl)
        || text.codePointCount(0, text.length()) > MAX_QUERY) {
      throw new IllegalArgumentException("must be a text of at most " + MAX_QUERY + " characters");
    }
    String clean = TypedText.clean(text);
    return clean.isEmpty() ? null : clean;
  }
}
