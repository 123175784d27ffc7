package com.nineminds.alga.faults;

import java.util.List;
import java.util.Random;

/** Values that a client may send in place of the expected ones. */
final class Odd {

  /** JSON as text, because a JSON writer would not write some of it. */
  static final List<String> JSON =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "-1",
          "1.0",
          "1.5",
          "1e2",
          "1e400",
          "-1e-400",
          "2147483647",
          "2147483648",
          "9223372036854775808",
          "9".repeat(400),
          "[]",
          "{}",
          "[[[[[[[[]]]]]]]]",
          "[\"a\", null, {\"b\": [1]}]",
          "{\"a\": {\"b\": {\"c\": []}}}",
          "[".repeat(70) + "]".repeat(70),
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83d\\ude80\"",
          "\"\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\"",
          "\"\u202ereversed\u202c \u2066x\u2069\"",
          "\"\u0634\u0631\u0643\u0629\"",
          "\"Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324a\"",
          "\"\ufeffbom\"",
          "\"\ufffe\uffff\"",
          "\"\u0130\u0131\u017f\ufb01\u00df\"",
          "\"\\r\\nX-Evil: 1\"",
          "\"\\t\\b\\f\\u001f\\u007f\\u0085\"",
          "\"\u2028\u2029\u00a0\u3000\"",
          "\"" + "x".repeat(500) + "\"",
          "\"" + "x".repeat(501) + "\"",
          "\"" + "\ud83d\ude80".repeat(500) + "\"",
          "\"" + "y".repeat(20_000) + "\"",
          "\"'; DROP TABLE tenant_registry; --\"",
          "\"%' OR 1=1 \\\\\"",
          "\"${jndi:ldap://127.0.0.1/x} #{7*7} {{7*7}}\"",
          "\"../../../../etc/passwd\"",
          "\"<script>alert(1)</script>\"",
          "\"%00%zz%\"",
          "\"NaN\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF\"",
          "\"{7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11}\"",
          "\"7d0f6c1e52b44c0a9a530c8b2f6f1a11\"",
          "\"1-1-1-1-1\"",
          "\"@\"",
          "\"a@b@c\"",
          "\"\\\"a b\\\"@c\"",
          "\"a@" + "b".repeat(250) + "\"",
          "\"ABCD-2345\"",
          "\"\uff21\uff22\uff23\uff24\u0662\u0663\u0664\u0665\"",
          "\"" + "A".repeat(5_000) + "\"",
          "\"pro\\u0000\"",
          "\"PRO\"");

  /** Header values that the HTTP client of Java accepts. */
  static final List<String> HEADER =
      List.of(
          "",
          "x",
          "*",
          ";;;",
          ",,,",
          "=",
          "garbage",
          "application/json",
          "application/json;q=2",
          "application/json;charset=nope",
          "application/json;;a=b",
          "text/plain",
          "text/xml, */*;q=0",
          "*/*",
          "\u00e4\u00f6\u00ff",
          "\"unclosed",
          "a\tb",
          "Bearer",
          "Bearer ",
          "bearer x",
          "Basic",
          "Basic %%%",
          "Basic Og==",
          "Digest a=b",
          "bytes=0-",
          "gzip",
          "chunked",
          "-1",
          "9".repeat(40),
          "z".repeat(4_000));

  /** Escaped parts of an address. The server refuses other parts before the service sees them. */
  static final List<String> SEGMENT =
      List.of(
          "x",
          "%20",
          "a%20b",
          "%25",
          "%25zz",
          "%F0%9F%9A%80",
          "%C3%28",
          "%ff%fe",
          "%ED%A0%80",
          "%E2%80%AE",
          "a;b=c",
          "a:b@c",
          "'",
          "$%7Bx%7D",
          "%22%3Cb%3E",
          "7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11%20",
          "9".repeat(300));

  private Odd() {}

  static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
