package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotates all three secrets at once, as operating.md says: announce, switch, retire. Each step is a
 * rolling restart of two nodes. Both nodes get requests all the time.
 */
@Tag("faults")
class RotationIT {

  private static final String OLD = "rotation-1";
  private static final String NEW = "rotation-2";

  /** A live code, and the registration that shows it again. */
  private record Live(String key, String email, String code) {}

  private final Sql sql = new Sql(Stage.freshDatabase());
  private final Map<String, String> begin = Stage.settings(sql.database());
  private final Map<String, String> announce = new LinkedHashMap<>(begin);
  private final Map<String, String> switched = new LinkedHashMap<>(begin);
  private final Map<String, String> retire = new LinkedHashMap<>(begin);
  private final RollingPair nodes = new RollingPair("rotation");
  private final List<String> licenses = new ArrayList<>();

  @TempDir Path published;

  /** Prepares the settings of the three steps in operating.md. */
  private void prepare() throws IOException {
    KeyPairFiles oldKey = KeyPairFiles.write(published, OLD);
    KeyPairFiles newKey = KeyPairFiles.write(published, NEW);
    String newSecret = Stage.random(24);
    String newCodeKey = Stage.random(32);
    begin.put("ALGA_LICENSE_KID", OLD);
    begin.put("ALGA_LICENSE_PRIVATE_KEY", oldKey.privatePem());

    announce.putAll(begin);
    announce.put("ALGA_LICENSE_PUBLISHED_KEYS_DIR", published.toString());
    announce.put("ALGA_LICENSE_SERVICE_SECRET_PREVIOUS", newSecret);
    announce.put("CLAIM_CODE_KEY_PREVIOUS", newCodeKey);

    switched.putAll(announce);
    switched.put("ALGA_LICENSE_KID", NEW);
    switched.put("ALGA_LICENSE_PRIVATE_KEY", newKey.privatePem());
    switched.put("ALGA_LICENSE_SERVICE_SECRET", newSecret);
    switched.put("ALGA_LICENSE_SERVICE_SECRET_PREVIOUS", Stage.SERVICE_SECRET);
    switched.put("CLAIM_CODE_KEY", newCodeKey);
    switched.put("CLAIM_CODE_KEY_PREVIOUS", begin.get("CLAIM_CODE_KEY"));

    retire.putAll(switched);
    retire.remove("ALGA_LICENSE_SERVICE_SECRET_PREVIOUS");
    retire.remove("CLAIM_CODE_KEY_PREVIOUS");
  }

  @AfterEach
  void stop() throws SQLException {
    nodes.close();
    Stage.postgres().dropDatabase(sql.database());
  }

  @Test
  void rotationForwardBackAndForwardFailsNoRequest() throws IOException {
    prepare();
    String oldSecret = Stage.SERVICE_SECRET;
    String newSecret = switched.get("ALGA_LICENSE_SERVICE_SECRET");
    List<Node> pair = nodes.start(begin);
    Node a = pair.get(0);
    Node b = pair.get(1);
    Live before = register(a, oldSecret);
    Answer box = install(register(b, oldSecret).code(), a);
    nodes.beginTraffic(oldSecret);

    a = nodes.replace(a, announce);
    assertBothWork(a, b, oldSecret);
    b = nodes.replace(b, announce);
    assertBothWork(a, b, oldSecret);
    assertBothWork(a, b, newSecret);
    assertCheckInSigns(OLD, box, a, b);

    a = nodes.replace(a, switched);
    assertBothWork(a, b, oldSecret);
    assertBothWork(a, b, newSecret);
    Live mintedUnderTheNewKey = register(a, newSecret);
    assertShownAgain(mintedUnderTheNewKey, b, oldSecret);
    assertShownAgain(before, a, newSecret);
    assertCheckInSigns(NEW, box, a);
    assertCheckInSigns(OLD, box, b);

    // back to the settings of the announcement
    a = nodes.replace(a, announce);
    assertShownAgain(mintedUnderTheNewKey, a, oldSecret);
    assertBothWork(a, b, newSecret);
    assertCheckInSigns(OLD, box, a, b);

    // forward again, with the other node first
    b = nodes.replace(b, switched);
    assertBothWork(a, b, newSecret);
    nodes.trafficSecret(newSecret);
    install(before.code(), b);
    install(mintedUnderTheNewKey.code(), a);
    Live mintedUnderTheOldKey = register(a, newSecret);
    assertShownAgain(mintedUnderTheOldKey, b, newSecret);
    install(mintedUnderTheOldKey.code(), b);
    a = nodes.replace(a, switched);
    assertCheckInSigns(NEW, box, a, b);
    a = nodes.replace(a, retire);
    assertBothWork(a, b, newSecret);
    assertThat(new Api(a.base()).send("GET", "/tenants", null, bearer(oldSecret)).outcome())
        .isEqualTo("401 unauthorized");
    assertCheckInSigns(NEW, box, a, b);

    for (String license : licenses) {
      VerifiedLicense.of(new Api(a.base()), license);
      VerifiedLicense.of(new Api(b.base()), license);
    }
    assertThat(nodes.endTraffic()).as("failed requests of %d", nodes.requests()).isEmpty();
    assertThat(nodes.requests()).isGreaterThan(100);
  }

  /** Each node redeems the other's codes. Both verify the licenses of either node. */
  private void assertBothWork(Node a, Node b, String secret) {
    for (List<Node> pair : List.of(List.of(a, b), List.of(b, a))) {
      Node one = pair.get(0);
      Node other = pair.get(1);
      Live live = register(one, secret);
      assertShownAgain(live, other, secret);
      Answer installed = install(live.code(), other);
      licenses.add(installed.text("first_jwt"));
      assertThat(
              new Api(one.base())
                  .appliance(
                      "/check-in", "appliance_credential", installed.text("appliance_credential"))
                  .text("status"))
          .isEqualTo("ok");
      String reissued =
          send(other, secret, "/install-codes/reissue", "contact_email", live.email())
              .text("install_code");
      install(reissued, one);
    }
    for (String license : licenses) {
      VerifiedLicense.of(new Api(a.base()), license);
    }
  }

  private void assertCheckInSigns(String kid, Answer box, Node... each) {
    for (Node node : each) {
      Api api = new Api(node.base());
      String jwt =
          api.appliance("/check-in", "appliance_credential", box.text("appliance_credential"))
              .text("jwt");
      assertThat(VerifiedLicense.of(api, jwt).header("kid")).isEqualTo(kid);
      licenses.add(jwt);
    }
  }

  private static void assertShownAgain(Live live, Node node, String secret) {
    assertThat(register(node, secret, live.key(), live.email()).text("install_code"))
        .isEqualTo(live.code());
  }

  private static Live register(Node node, String secret) {
    String unique = Customer.unique();
    String email = unique + "@rotation.test";
    return new Live(unique, email, register(node, secret, unique, email).text("install_code"));
  }

  private static Answer register(Node node, String secret, String key, String email) {
    return send(
        node,
        secret,
        "/register-tenant",
        "company_name",
        "Rotation",
        "contact_email",
        email,
        "edition",
        "pro",
        "stripe_sub_id",
        "sub_" + key);
  }

  private static Answer install(String code, Node node) {
    Answer answer =
        new Api(node.base())
            .appliance("/register", "claim_code", code, "appliance_id", "box-" + Customer.unique());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static Answer send(Node node, String secret, String path, Object... body) {
    Answer answer =
        new Api(node.base()).send("POST", path, Api.object(body).toString(), bearer(secret));
    assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    return answer;
  }

  private static Map<String, String> bearer(String secret) {
    return Map.of("Authorization", "Bearer " + secret);
  }
}
