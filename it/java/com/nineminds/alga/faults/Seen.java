package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Values from answers, for use in later requests: codes, credentials, tenants. */
final class Seen {

  private static final int KEPT = 50;

  private final Map<String, String[]> values = new HashMap<>();

  synchronized void note(Answer answer) {
    if (answer.status() < 300 && answer.body().startsWith("{")) {
      JsonObject json = answer.json();
      for (String name :
          List.of("tenant_id", "install_code", "code", "appliance_credential", "next_cursor")) {
        if (json.get(name) instanceof JsonString text) {
          values
                  .computeIfAbsent(name, any -> new String[KEPT])[
                  Math.floorMod(text.hashCode(), KEPT)] =
              text.getString();
        }
      }
    }
  }

  /** A value that a member of that name may have. */
  synchronized String one(Random random, String name) {
    return switch (name) {
      case "tenant_id", "expected_tenant_id" ->
          seen(random, "tenant_id", UUID.randomUUID().toString());
      case "claim_code" -> seen(random, random.nextBoolean() ? "install_code" : "code", "ABCD2345");
      case "appliance_credential", "credential" ->
          seen(random, "appliance_credential", "0".repeat(64));
      case "cursor" -> seen(random, "next_cursor", "AAAA");
      case "appliance_id" -> "box-" + random.nextInt(20);
      case "contact_email" -> "a" + random.nextInt(300) + "@generated.test";
      case "stripe_sub_id" -> "sub_" + random.nextInt(500);
      default -> name + " " + random.nextInt(1_000);
    };
  }

  private String seen(Random random, String name, String otherwise) {
    String[] kept = values.get(name);
    String one = kept == null ? null : kept[random.nextInt(KEPT)];
    return one == null ? otherwise : one;
  }
}
