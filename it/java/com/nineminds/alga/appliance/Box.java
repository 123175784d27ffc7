package com.nineminds.alga.appliance;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import java.util.stream.Stream;

/** An appliance as a client of the wire contract. */
public record Box(Api api, String id) {

  /** A box with a name that no other test uses. */
  public static Box fresh(Api api) {
    return new Box(api, "box-" + Customer.unique());
  }

  /** Redeems a code. {@code more} has further members as names and values in turn. */
  public Answer redeem(String code, Object... more) {
    return api.appliance(
        "/register",
        Stream.concat(Stream.of("claim_code", code, "appliance_id", id), Stream.of(more))
            .toArray());
  }

  /** Redeems a paid code, which must be accepted. Returns the credential. */
  public String install(String code) {
    Answer answer = redeem(code);
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    return answer.text("appliance_credential");
  }

  /** Checks in with any credential. */
  public Answer checkIn(String credential) {
    return api.appliance("/check-in", "appliance_credential", credential);
  }
}
