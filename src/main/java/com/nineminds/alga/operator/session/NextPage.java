package com.nineminds.alga.operator.session;

import java.util.regex.Pattern;

/** The page to open after the sign-in: a page of the console, never another site. */
public final class NextPage {

  /** The page for an operator who asked for none. */
  public static final String FIRST = "/admin/overview";

  private static final Pattern OURS =
      Pattern.compile("/admin/[A-Za-z0-9._~%&=?+*:@!$'(),;-]{0,2000}");

  private NextPage() {}

  /** The requested page; {@link #FIRST} if the text is null or not a page of the console. */
  public static String of(String asked) {
    return asked != null && OURS.matcher(asked).matches() ? asked : FIRST;
  }
}
