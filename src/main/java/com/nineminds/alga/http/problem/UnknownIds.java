package com.nineminds.alga.http.problem;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The routes that have an id as the last part of their path. A module gives the refusal of an id
 * that does not exist. The same refusal answers a text that the server does not let into a path.
 *
 * @param refusals by the path before the id, with a slash at its end
 */
public record UnknownIds(Map<String, Supplier<Problem>> refusals) {

  /** The answer to an address that no route can have. */
  ProblemBody answer(Address address) {
    return refusals.entrySet().stream()
        .filter(route -> address.isOneBelow(route.getKey()))
        .findFirst()
        .map(route -> ProblemBody.of(route.getValue().get()))
        .orElse(ProblemBody.NOT_FOUND);
  }
}
