package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.AnyText;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text as an appliance's id or credential. */
class ApplianceAnyInputTest {

  @Provide
  Arbitrary<String> ids() {
    return AnyText.like("ABCxyz019._- /");
  }

  @Provide
  Arbitrary<String> credentials() {
    return AnyText.like("0123456789abcdefABCDEF");
  }

  @Property
  void idIsKeptAsItIsOrRefused(@ForAll("ids") String text) {
    try {
      assertThat(new ApplianceId(text).value()).isEqualTo(text).hasSizeBetween(1, 128);
      assertThat(text.chars())
          .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || ".-_".indexOf(c) >= 0));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("must be 1 to 128 ");
    }
  }

  @Property
  void credentialIsOneOrNone(@ForAll("credentials") String text) {
    Optional<Credential> credential = Credential.parse(text);
    assertThat(credential.isPresent()).isEqualTo(text.matches("[0-9a-f]{64}"));
    credential.ifPresent(one -> assertThat(one.toString()).doesNotContain(text));
  }
}
