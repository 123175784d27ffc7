package com.nineminds.alga.http.body;

import java.util.List;

/**
 * The paths whose requests {@link BodyFilter} passes on as they are, since their module reads the
 * bodies itself.
 *
 * @param prefixes of servlet paths
 */
public record UnfilteredPaths(List<String> prefixes) {

  boolean include(String servletPath) {
    return prefixes.stream().anyMatch(servletPath::startsWith);
  }
}
