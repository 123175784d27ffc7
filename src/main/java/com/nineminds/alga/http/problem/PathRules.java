package com.nineminds.alga.http.problem;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What to answer to a path that the server refuses.
 *
 * @param unknownIds for each route that has an id as the last part of its path, by the path before
 *     the id, with a slash at its end: the refusal of an id that does not exist
 * @param pages the beginnings of the paths below which the application answers with a page
 */
public record PathRules(Map<String, Supplier<Problem>> unknownIds, List<String> pages) {

  /** The answer to an address that no route can have. */
  ProblemBody answer(Address address) {
    return unknownIds.entrySet().stream()
        .filter(route -> address.isOneBelow(route.getKey()))
        .findFirst()
        .map(route -> ProblemBody.of(route.getValue().get()))
        .orElse(ProblemBody.NOT_FOUND);
  }

  /** Whether the application answers itself if the server refuses the address later. */
  boolean isOfAPage(Address address) {
    return pages.stream().anyMatch(address.raw()::startsWith);
  }
}
