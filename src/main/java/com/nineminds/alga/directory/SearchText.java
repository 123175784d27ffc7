package com.nineminds.alga.directory;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.code.ClaimCode;
import com.nineminds.alga.registry.TenantId;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an operator may have meant by a text: each method gives null for "not that". */
record SearchText(String typed) {

  private static final int MIN_APPLIANCE = 3;

  /** As codes are shown, or the last four characters alone. */
  private static final Pattern LAST4 = Pattern.compile("([*\u2022]*)(\\w{4})");

  /** What the trigram index can look up: three letters or digits in a row. */
  private static final Pattern TRIGRAM = Pattern.compile("[\\p{L}\\p{Nd}]{3}");

  /** The greatest character of all, so that a prefix and it are beyond all that begins with it. */
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  UUID tenantId() {
    try {
      return TenantId.parse(typed).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The end of a code. */
  String last4() {
    Matcher matcher = LAST4.matcher(typed);
    String last4 = matcher.matches() ? matcher.group(2).toUpperCase(Locale.ROOT) : "";
    return ClaimCode.isLast4(last4) ? last4 : null;
  }

  /** Whether it is a code as it is shown, and so nothing else. */
  boolean isMaskedCode() {
    return last4() != null && typed.length() > 4;
  }

  /** The beginning of an appliance's id, in its own case. */
  String appliancePrefix() {
    try {
      return typed.length() < MIN_APPLIANCE ? null : new ApplianceId(typed).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether the trigram index can find it anywhere in a text. */
  boolean hasTrigram() {
    return TRIGRAM.matcher(typed).find();
  }

  /** A pattern of LIKE for the text anywhere in another one that is in lower case. */
  String anywhere() {
    return "%" + lower().replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  String lower() {
    return typed.toLowerCase(Locale.ROOT);
  }

  /** What comes after everything that begins with {@code prefix}, by collation "C". */
  static String beyond(String prefix) {
    return prefix + LAST_CHARACTER;
  }
}
