package com.nineminds.alga.onboarding;

import com.nineminds.alga.digest.Sha256;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A name of a request that is carried out once: an {@code Idempotency-Key} header, 1 to 255 visible
 * ASCII characters, or what an operator's form brings.
 *
 * @param digest of the body that it came with; of a form: of the tenant and the code that it
 *     brought
 */
record IdempotencyKey(String value, String digest) {

  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** Null for a request without one; throws {@link InvalidRequest}. */
  static IdempotencyKey of(String header, TenantForm form) {
    if (header == null) {
      return null;
    }
    if (!VALID.matcher(header).matches()) {
      throw new InvalidRequest(
          List.of(new FieldError("Idempotency-Key", "must be 1 to 255 visible ASCII characters")));
    }
    return new IdempotencyKey(header, form.digest());
  }

  /** A digest of all these, in their order: 64 characters; each may be null. */
  static String digest(Object... members) {
    MessageDigest digest = Sha256.begin();
    for (Object member : members) {
      // the length keeps a member from running into the next one
      String text = Objects.toString(member, "");
      digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
