package com.nineminds.alga.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.AnyText;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text as an e-mail address or as a tenant's id. */
class RegistryAnyInputTest {

  @Provide
  Arbitrary<String> emails() {
    return AnyText.like("abc.@+-_ \"<>\u00e4");
  }

  @Provide
  Arbitrary<String> ids() {
    return AnyText.like("0123456789abcdefABCDEF-{} ");
  }

  @Property
  void emailAddressIsKeptAsItIsOrRefused(@ForAll("emails") String text) {
    try {
      EmailAddress email = new EmailAddress(text);
      assertThat(email.value()).isEqualTo(text).contains("@");
      assertThat(text.chars()).noneMatch(Character::isISOControl);
      assertThat(text.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
      assertThat(text.codePointCount(0, text.length())).isBetween(3, 200);
      assertThat(text.split("@", -1)).hasSize(2).doesNotContain("");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("must ");
    }
  }

  @Property
  void tenantIdComesBackInEveryCase(@ForAll long most, @ForAll long least) {
    UUID id = new UUID(most, least);
    assertThat(TenantId.parse(id.toString()).value()).isEqualTo(id);
    assertThat(TenantId.parse(id.toString().toUpperCase(Locale.ROOT)).value()).isEqualTo(id);
    assertThat(TenantId.parse(TenantId.of(id).toString())).isEqualTo(TenantId.of(id));
  }

  @Property
  void whatIsNoUuidIsRefused(@ForAll("ids") String text) {
    if (!text.matches("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")) {
      assertThatThrownBy(() -> TenantId.parse(text))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("must be a UUID");
    }
  }
}
