package com.nineminds.alga.guessing;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;

/** A client at an address, which the trusted proxy before the node reports. */
record Visitor(Api api, String address) {

  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Redeems a code on a new machine. */
  Answer redeem(String code) {
    return redeem(code, "box-" + Customer.unique());
  }

  Answer redeem(String code, String applianceId) {
    return post("/register", "claim_code", code, "appliance_id", applianceId);
  }

  /** Redeems a code that does not exist. Each call uses another code. */
  Answer guess() {
    return redeem(randomCode());
  }

  Answer checkIn(String credential) {
    return post("/check-in", "appliance_credential", credential);
  }

  private Answer post(String path, Object... body) {
    return api.send("POST", path, Api.object(body).toString(), Map.of("X-Forwarded-For", address));
  }

  /** One of 8.5e11 codes. It most likely does not exist. */
  static String randomCode() {
    return RANDOM
        .ints(8, 0, ALPHABET.length())
        .mapToObj(i -> ALPHABET.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
