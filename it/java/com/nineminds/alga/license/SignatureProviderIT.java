package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node signs with the native provider if that provider loads, and with the JDK otherwise. */
class SignatureProviderIT {

  @Test
  void nativeProviderSigns() {
    assertThat(Stage.node().console())
        .contains("Licenses are signed by AmazonCorrettoCryptoProvider");
  }

  @Test
  void whereItDoesNotLoadTheJdkSignsAndTheLogSaysSo() {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    // makes the provider look for a library that does not exist
    Stage.longLived(settings)
        .merge(
            "JVM_ARGS",
            " -Dcom.amazon.corretto.crypto.provider.useExternalLib=true -Xss512k",
            String::concat);
    try (Node node = Node.start("without-native", settings)) {
      assertThat(node.console()).contains("Licenses are signed by the JDK, which is slower");
      Api api = new Api(node.base());
      assertThat(Customer.pro(api).redeem(api, "box").outcome()).isEqualTo("200");
    }
  }
}
