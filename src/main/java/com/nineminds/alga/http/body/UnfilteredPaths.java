package com.nineminds.alga.http.body;

import java.util.List;

/**
 * The paths whose bodies {@link BodyFilter} does not read, because their module reads them itself.
 *
 * @param prefixes of servlet paths
 */
public record UnfilteredPaths(List<String> prefixes) {

  boolean include(String servletPath) {
    return prefixes.stream().anyMatch(servletPath::startsWith);
  }
}
