package com.nineminds.alga.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.AnyText;
import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text as the address of the page after the sign-in. */
class NextPageAnyInputTest {

  @Provide
  Arbitrary<String> addresses() {
    return Combinators.combine(
            Arbitraries.of("", "/", "//", "/admin/", "/admin", "https://evil.test/admin/", "\\"),
            AnyText.like("/\\.:@?#%&=abc2f\r\n\t "))
        .as(String::concat);
  }

  @Property
  void staysInTheConsole(@ForAll("addresses") String asked) {
    String next = NextPage.of(asked);
    assertThat(next).startsWith("/admin/").doesNotContain("\r", "\n", "\\", "//", " ");
    assertThat(NextPage.of(next)).isEqualTo(next);
    if (!next.contains("%")) {
      URI there = URI.create("https://license.test/admin/sign-in").resolve(next);
      assertThat(there.getHost()).isEqualTo("license.test");
      assertThat(there.normalize().getPath()).startsWith("/admin/");
    }
  }
}
