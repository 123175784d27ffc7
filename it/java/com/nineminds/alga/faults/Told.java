package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The answer that a client got in the end.
 *
 * @param requestId of the try that was answered
 * @param lost ids of the tries before it, of which the client cannot know whether they were done
 */
record Told(Answer answer, String requestId, List<String> lost) {

  /** Fails unless the answer is one of these, written as {@link Answer#outcome} does. */
  void requireOutcome(String... outcomes) {
    if (!List.of(outcomes).contains(answer.outcome())) {
      throw violation("one of " + List.of(outcomes));
    }
  }

  /** Fails unless the answer's member says that. */
  void require(String member, String value) {
    if (!value.equals(text(member))) {
      throw violation(member + " " + value);
    }
  }

  /** A member that is a string, or null where it is left out or null. */
  String text(String member) {
    return answer.has(member) ? answer.text(member) : null;
  }

  /** A claim of the license in that member. */
  String claim(String member, String claim) {
    String license = answer.text(member);
    String payload = license.substring(license.indexOf('.') + 1, license.lastIndexOf('.'));
    String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    try (JsonReader reader = Json.createReader(new StringReader(claims))) {
      JsonObject said = reader.readObject();
      return said.getString(claim, null);
    }
  }

  Violation violation(String promised) {
    return new Violation(
        "promised "
            + promised
            + ", but told "
            + answer
            + " ("
            + requestId
            + ", lost "
            + lost
            + ")");
  }

  /** The service broke a promise to a client. */
  static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String message) {
      super(message);
    }
  }
}
