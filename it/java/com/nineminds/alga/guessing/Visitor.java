package com.nineminds.alga.guessing;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody at an address, as the one trusted proxy before the node says. */
record Visitor(Api api, String address) {

  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Redeems a code on a machine of its own. */
  Answer redeem(String code) {
    return redeem(code, "box-" + Customer.unique());
  }

  Answer redeem(String code, String applianceId) {
    return post("/register", "claim_code", code, "appliance_id", applianceId);
  }

  /** Redeems a code that does not exist, another one each time. */
  Answer guess() {
    return redeem(randomCode());
  }

  Answer checkIn(String credential) {
    return post("/check-in", "appliance_credential", credential);
  }

  private Answer post(String path, Object... body) {
    return api.send("POST", path, Api.object(body).toString(), Map.of("X-Forwarded-For", address));
  }

  /** One of 8.5e11, so none that exists. */
  static String randomCode() {
    return RANDOM
        .ints(8, 0, ALPHABET.length())
        .mapToObj(i -> ALPHABET.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
