package com.nineminds.alga.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.AnyText;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any text as a setting. */
class SettingsAnyInputTest {

  private static final List<Function<Settings, ?>> READERS =
      List.of(
          settings -> settings.number("NAME", 1, 0, 1000),
          settings -> settings.base64("NAME", 32),
          settings -> settings.url("NAME"),
          settings -> settings.text("NAME"),
          settings -> settings.required("NAME"),
          settings -> settings.documentUrl("NAME"),
          settings -> settings.flag("NAME", true),
          settings -> settings.plain("NAME"),
          settings -> Settings.port("NAME", settings.plain("NAME").orElse("1")));

  @Provide
  Arbitrary<String> texts() {
    return AnyText.like("htps:/.0123456789+=-AZ \n");
  }

  @Property
  void isReadOrRefusedInOneLineWithoutIt(@ForAll("texts") String text) {
    for (Function<Settings, ?> reader : READERS) {
      for (String name : List.of("NAME", "NAME_FILE")) {
        try {
          assertThat(reader.apply(GivenSettings.of(name, text).settings())).isNotNull();
        } catch (IllegalSetting e) {
          assertThat(e.getMessage()).matches("NAME(_FILE)?: [^\n\r]+");
          if (text.strip().length() > 8) {
            assertThat(e.getMessage()).doesNotContain(text.strip());
          }
        }
      }
    }
  }

  @Property
  void numberComesBack(@ForAll @IntRange(min = 0, max = 1000) int number) {
    assertThat(GivenSettings.of("N", " " + number + "\n").settings().number("N", 1, 0, 1000))
        .isEqualTo(number);
  }

  @Property
  void bytesComeBack(@ForAll @Size(32) byte[] bytes) {
    String text = Base64.getEncoder().encodeToString(bytes);
    assertThat(GivenSettings.of("KEY", text).settings().base64("KEY", 32)).contains(bytes);
  }
}
