package com.nineminds.alga.directory;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.code.ClaimCode;
import com.nineminds.alga.registry.TenantId;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The possible meanings of a text that an operator searches for. A method returns null if the text
 * cannot have its meaning.
 */
record SearchText(String typed) {

  private static final int MIN_APPLIANCE = 3;

  /** A code as it is shown, or its last four characters alone. */
  private static final Pattern LAST4 = Pattern.compile("([*\u2022]*)(\\w{4})");

  /** The trigram index needs three letters or digits in a row. */
  private static final Pattern TRIGRAM = Pattern.compile("[\\p{L}\\p{Nd}]{3}");

  /**
   * The greatest character. A prefix followed by it sorts after every text that begins with the
   * prefix.
   */
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  UUID tenantId() {
    try {
      return TenantId.parse(typed).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The last four characters of a code. */
  String last4() {
    Matcher matcher = LAST4.matcher(typed);
    String last4 = matcher.matches() ? matcher.group(2).toUpperCase(Locale.ROOT) : "";
    return ClaimCode.isLast4(last4) ? last4 : null;
  }

  /** Whether the text is a code as it is shown. It then has no other meaning. */
  boolean isMaskedCode() {
    return last4() != null && typed.length() > 4;
  }

  /** The beginning of an appliance's id, in the case in which it was typed. */
  String appliancePrefix() {
    try {
      return typed.length() < MIN_APPLIANCE ? null : new ApplianceId(typed).value();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether the trigram index can find the text inside other texts. */
  boolean hasTrigram() {
    return TRIGRAM.matcher(typed).find();
  }

  /**
   * A pattern for LIKE that finds the text anywhere. The database makes both sides lower-case, so
   * that one program folds the case.
   */
  String anywhere() {
    return "%" + typed.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  /** A text that sorts after every text that begins with {@code prefix}, in collation "C". */
  static String beyond(String prefix) {
    return prefix + LAST_CHARACTER;
  }
}
