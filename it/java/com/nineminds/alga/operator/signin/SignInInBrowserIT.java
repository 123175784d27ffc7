package com.nineminds.alga.operator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Stage;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A person signs in with a password, in a browser. */
@NeedsBrowser
class SignInInBrowserIT {

  static Stream<Device> devices() {
    return Stream.of(
        Device.phone(),
        Device.phone().dark(),
        Device.desktop().dark(),
        Device.wide().in("Asia/Tokyo"));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aPersonSignsIn(Device device) {
    try (Browser browser = Browser.open(Stage.node().base(), device)) {
      browser.go("/admin/overview");
      browser.screenshot("sign-in-" + device.width() + "-" + device.colors());
      assertThat(browser.axe()).isEmpty();
      browser.page().getByLabel("Name").fill("anna");
      browser.page().getByLabel("Password").fill(Stage.operatorPassword("anna"));
      browser.page().click("#go");
      browser.page().waitForURL("**/admin/overview");
      browser.screenshot("overview-" + device.width() + "-" + device.colors());
      assertThat(browser.axe()).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
