package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import org.junit.jupiter.api.Test;

/** The test provider in the browser of a person. */
@NeedsBrowser
class ProviderInBrowserIT {

  @Test
  void aPersonPressesTheirButtonAndIsSentBack() throws Exception {
    try (TestProvider provider = TestProvider.start(Person.named("clara"), Person.named("dora"));
        Browser browser = Browser.open(provider.issuer(), Device.desktop())) {
      RelyingParty client = RelyingParty.of(provider);
      browser.page().navigate(client.request().toString());
      browser.page().getByText("continue as dora").click();
      assertThat(browser.page().url()).startsWith(client.back() + "?").contains("code=");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
