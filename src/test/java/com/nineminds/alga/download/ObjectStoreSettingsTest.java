package com.nineminds.alga.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names and defaults of {@code OBJECT_STORE_*}. All of them are set, or none. */
class ObjectStoreSettingsTest {

  @Test
  void namesAndDefaults() {
    GivenSettings given = all();
    assertThat(ObjectStoreSettings.read(given.settings()))
        .isEqualTo(
            new ObjectStoreSettings(
                true,
                "https://store.example",
                "us-east-1",
                "releases",
                "access",
                "hunter2",
                true,
                "appliance/current/alga-appliance.iso"));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "OBJECT_STORE_ENDPOINT",
            "OBJECT_STORE_REGION",
            "OBJECT_STORE_BUCKET",
            "OBJECT_STORE_ACCESS_KEY",
            "OBJECT_STORE_SECRET_KEY",
            "OBJECT_STORE_PATH_STYLE",
            "APPLIANCE_ISO_KEY");
  }

  @Test
  void regionAndIsoKeyCanBeSet() {
    ObjectStoreSettings settings =
        ObjectStoreSettings.read(
            all()
                .with("OBJECT_STORE_REGION", "eu-1")
                .with("APPLIANCE_ISO_KEY", "x.iso")
                .settings());
    assertThat(settings.region()).isEqualTo("eu-1");
    assertThat(settings.isoKey()).isEqualTo("x.iso");
  }

  @Test
  void noneSetMeansOff() {
    assertThat(ObjectStoreSettings.read(GivenSettings.of().settings()).on()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENDPOINT", "BUCKET", "ACCESS_KEY", "SECRET_KEY"})
  void oneMissingIsNamed(String name) {
    assertThatThrownBy(
            () -> ObjectStoreSettings.read(all().without("OBJECT_STORE_" + name).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("OBJECT_STORE_" + name + ": missing; set all of ")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void severalMissingAreAllNamed() {
    assertThatThrownBy(
            () ->
                ObjectStoreSettings.read(
                    GivenSettings.of("OBJECT_STORE_BUCKET", "releases").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(
            "OBJECT_STORE_ENDPOINT, OBJECT_STORE_ACCESS_KEY, OBJECT_STORE_SECRET_KEY: missing");
  }

  @Test
  void endpointMustBeAnAddress() {
    assertThatThrownBy(
            () ->
                ObjectStoreSettings.read(
                    all().with("OBJECT_STORE_ENDPOINT", "store:9000").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("OBJECT_STORE_ENDPOINT: expected an address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000",
        "http://192.0.2.1",
        "http://[::1]:9000",
        "https://[2001:db8::1]"
      })
  void bucketInFrontOfAnAddressWithoutANameIsRefused(String endpoint) {
    GivenSettings given =
        all().with("OBJECT_STORE_ENDPOINT", endpoint).with("OBJECT_STORE_PATH_STYLE", "false");
    assertThatThrownBy(() -> ObjectStoreSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("OBJECT_STORE_PATH_STYLE: must be true, because the store has no name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Releases", "re_leases", "-x", "a/b", "a:b", "\u00fc"})
  void bucketThatCannotBeAPartOfAHostIsRefused(String bucket) {
    GivenSettings given =
        all().with("OBJECT_STORE_BUCKET", bucket).with("OBJECT_STORE_PATH_STYLE", "false");
    assertThatThrownBy(() -> ObjectStoreSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("OBJECT_STORE_BUCKET: can be a part of the host only with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "0", "TRUE", "off"})
  void pathStyleIsTrueOrFalse(String text) {
    assertThatThrownBy(
            () -> ObjectStoreSettings.read(all().with("OBJECT_STORE_PATH_STYLE", text).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("OBJECT_STORE_PATH_STYLE: expected true or false");
  }

  @Test
  void isShownWithoutItsKeys() {
    assertThat(ObjectStoreSettings.read(all().settings()).toString())
        .contains("https://store.example/releases")
        .doesNotContain("hunter2", "access");
    assertThat(ObjectStoreSettings.read(GivenSettings.of().settings())).hasToString("off");
  }

  private static GivenSettings all() {
    return GivenSettings.of(
        "OBJECT_STORE_ENDPOINT",
        "https://store.example/",
        "OBJECT_STORE_BUCKET",
        "releases",
        "OBJECT_STORE_ACCESS_KEY",
        "access",
        "OBJECT_STORE_SECRET_KEY",
        "hunter2");
  }
}
