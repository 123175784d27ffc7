package com.nineminds.alga.http.body;

import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Walks once through a JSON text and keeps the asked members of its top object. It builds no tree:
 * besides these members it holds only the names of the objects that are open at the moment.
 */
final class MemberScan {

  private final JsonParser parser;
  private final Set<String> asked;
  private final Map<String, JsonValue> members = new HashMap<>();
  private final Deque<Set<String>> namesOfOpenObjects = new ArrayDeque<>();

  /** The asked member whose value comes next; null for none. */
  private String awaited;

  MemberScan(JsonParser parser, Set<String> asked) {
    this.parser = parser;
    this.asked = asked;
  }

  /**
   * The members that were asked for and are there. One whose value is an object or an array has
   * {@link JsonValue#EMPTY_JSON_OBJECT}: no member of the contract is of that type. Throws {@link
   * InvalidRequest}, and what the parser throws.
   */
  Map<String, JsonValue> members() {
    if (parser.next() != Event.START_OBJECT) {
      throw new InvalidRequest("The request body must be a JSON object.");
    }
    take(Event.START_OBJECT);
    // at the end this also refuses what comes after the object
    while (parser.hasNext()) {
      take(parser.next());
    }
    return members;
  }

  private void take(Event event) {
    switch (event) {
      case KEY_NAME -> takeName(parser.getString());
      case START_OBJECT -> {
        keep(JsonValue.EMPTY_JSON_OBJECT);
        namesOfOpenObjects.push(new HashSet<>());
      }
      case END_OBJECT -> namesOfOpenObjects.pop();
      case START_ARRAY -> keep(JsonValue.EMPTY_JSON_OBJECT);
      case END_ARRAY -> {}
      default -> {
        if (awaited != null) {
          keep(parser.getValue());
        }
      }
    }
  }

  /**
   * A name that an object has twice means something else to each reader (RFC 8259, section 4), so
   * it is refused, also in objects that nobody asked for.
   */
  private void takeName(String name) {
    if (!namesOfOpenObjects.element().add(name)) {
      throw new InvalidRequest("The request body is not JSON that this service reads.");
    }
    awaited = namesOfOpenObjects.size() == 1 && asked.contains(name) ? name : null;
  }

  private void keep(JsonValue value) {
    if (awaited != null) {
      members.put(awaited, value);
      awaited = null;
    }
  }
}
