package com.nineminds.alga.operator.session;

import java.util.regex.Pattern;

/** Where to go after signing in: a page of the console, and never another site. */
public final class NextPage {

  /** Where an operator begins who asked for no page. */
  public static final String FIRST = "/admin/overview";

  private static final Pattern OURS =
      Pattern.compile("/admin/[A-Za-z0-9._~%&=?+*:@!$'(),;-]{0,2000}");

  private NextPage() {}

  /** The page that was asked for, or the first one. */
  public static String of(String asked) {
    return asked != null && OURS.matcher(asked).matches() ? asked : FIRST;
  }
}
