package com.nineminds.alga.onboarding;

import com.nineminds.alga.http.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.Problem.FieldError;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An {@code Idempotency-Key} header: 1 to 255 visible ASCII characters.
 *
 * @param digest of the body that it came with
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
}
