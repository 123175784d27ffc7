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
 * Reads a JSON text once and keeps the asked members of its top object. It builds no tree. Besides
 * these members it holds only the member names of the open objects.
 */
final class MemberScan {

  private final JsonParser parser;
  private final Set<String> asked;
  private final Map<String, JsonValue> members = new HashMap<>();
  private final Deque<Set<String>> namesOfOpenObjects = new ArrayDeque<>();

  /** The asked member whose value comes next; null if there is none. */
  private String awaited;

  MemberScan(JsonParser parser, Set<String> asked) {
    this.parser = parser;
    this.asked = asked;
  }

  /**
   * The asked members that are present. An object or an array is kept as {@link
   * JsonValue#EMPTY_JSON_OBJECT}, because no member of the contract has such a value. Throws {@link
   * InvalidRequest} and the exceptions of the parser.
   */
  Map<String, JsonValue> members() {
    if (parser.next() != Event.START_OBJECT) {
      throw new InvalidRequest("The request body must be a JSON object.");
    }
    take(Event.START_OBJECT);
    // this also refuses text after the object
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
   * Refuses an object that has a name twice, because readers disagree on its meaning (RFC 8259,
   * section 4). Objects that nobody asked for are checked too.
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
