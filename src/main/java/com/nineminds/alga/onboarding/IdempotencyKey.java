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
 * The name of a request that is carried out only once. It is an {@code Idempotency-Key} header of 1
 * to 255 visible ASCII characters, the id of a form that an operator sent, or the digest of a
 * registration without a header.
 *
 * @param digest the digest of the body; for an operator's form, the digest of the tenant's id and
 *     of the minted code's id
 */
record IdempotencyKey(String value, String digest) {

  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** No header has this beginning, because a header has no space. */
  private static final String REPEAT = "repeat ";

  /** Returns null for a request without a key. Throws {@link InvalidRequest}. */
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

  /** The name of a registration without a key: what it means. */
  static IdempotencyKey ofRepeat(TenantForm form) {
    String digest = form.digest();
    return new IdempotencyKey(REPEAT + digest, digest);
  }

  /** Whether the name only counts for a while, and only while nothing came of its request. */
  boolean isRepeat() {
    return value.startsWith(REPEAT);
  }

  /** A digest of all members in their order: 64 hex characters. A member may be null. */
  static String digest(Object... members) {
    MessageDigest digest = Sha256.begin();
    for (Object member : members) {
      // the length shows where a member ends
      String text = Objects.toString(member, "");
      digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
