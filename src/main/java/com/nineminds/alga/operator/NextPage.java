package com.nineminds.alga.operator;

import java.util.regex.Pattern;

/** Where to go after signing in: a page of the console, and never another site. */
final class NextPage {

  static final String FIRST = "/admin/overview";

  private static final Pattern OURS =
      Pattern.compile("/admin/[A-Za-z0-9._~%&=?+*:@!$'(),;-]{0,2000}");

  private NextPage() {}

  /** The page that was asked for, or the first one. */
  static String of(String asked) {
    return asked != null && OURS.matcher(asked).matches() ? asked : FIRST;
  }
}
