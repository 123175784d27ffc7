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
 * The last answer that a client got for a request.
 *
 * @param requestId id of the answered try
 * @param lost ids of the tries before it; the client cannot know whether they were done
 */
record Told(Answer answer, String requestId, List<String> lost) {

  /** Fails unless the answer is one of these. They have the form of {@link Answer#outcome}. */
  void requireOutcome(String... outcomes) {
    if (!List.of(outcomes).contains(answer.outcome())) {
      throw violation("one of " + List.of(outcomes));
    }
  }

  /** Fails unless the member of the answer has that value. */
  void require(String member, String value) {
    if (!value.equals(text(member))) {
      throw violation(member + " " + value);
    }
  }

  /** A member that is a string; null if it is missing or null. */
  String text(String member) {
    return answer.has(member) ? answer.text(member) : null;
  }

  /** A claim of the license in the given member. */
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
