package com.nineminds.alga.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The longer the figures take, the longer they are kept. */
class OverviewTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT1S",
    "PT0.001S, PT1S",
    "PT0.01S, PT1S",
    "PT0.2S, PT20S",
    "PT0.6S, PT1M",
    "PT30S, PT1M"
  })
  void figuresAreKeptAHundredTimesAsLongAsTheyTook(Duration took, Duration kept) {
    assertThat(Overview.kept(took)).isEqualTo(kept);
  }
}
