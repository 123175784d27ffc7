package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

/** {@code GET /.well-known/jwks.json} has the public keys that verify licenses. */
class JwksIT {

  private static final String PATH = "/.well-known/jwks.json";

  private final Api api = Stage.api();

  @Test
  void openToAnyoneAndCacheable() {
    Answer answer = jwks(api);
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
    assertThat(answer.header("Cache-Control").orElseThrow())
        .contains("max-age=")
        .doesNotContain("no-store");
  }

  @Test
  void keysAreP256AndForSignatures() {
    List<JsonObject> keys = jwks(api).json().getJsonArray("keys").getValuesAs(JsonObject.class);
    assertThat(keys).hasSize(1);
    JsonObject key = keys.get(0);
    assertThat(key.getString("kty")).isEqualTo("EC");
    assertThat(key.getString("crv")).isEqualTo("P-256");
    assertThat(key.getString("kid")).isEqualTo("it-1");
    assertThat(key.getString("alg")).isEqualTo("ES256");
    assertThat(key.getString("use")).isEqualTo("sig");
    assertThat(key.getString("x")).matches("[A-Za-z0-9_-]{43}");
    assertThat(key.getString("y")).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void noPrivateMemberIsPublished() {
    for (Api each : List.of(api, new Api(Stage.variedNode().base()))) {
      assertThat(jwks(each).json().getJsonArray("keys").getValuesAs(JsonObject.class))
          .allSatisfy(
              key ->
                  assertThat(key.keySet())
                      .containsExactlyInAnyOrder("kty", "crv", "kid", "alg", "use", "x", "y"));
    }
  }

  @Test
  void signedLicenseVerifies() throws Exception {
    Customer customer = Customer.pro(api);
    Answer redeemed = customer.redeem(api, "box");
    JwtClaims claims =
        verifier(jwks(api), customer.tenantId()).processToClaims(redeemed.text("first_jwt"));
    assertThat(claims.getIssuer()).isEqualTo("nineminds-license");
    assertThat(claims.getClaimValueAsString("tier")).isEqualTo("pro");
    String checkedIn =
        api.appliance("/check-in", "appliance_credential", redeemed.text("appliance_credential"))
            .text("jwt");
    assertThat(verifier(jwks(api), customer.tenantId()).processToClaims(checkedIn).getSubject())
        .isEqualTo(claims.getSubject());
  }

  @Test
  void licenseOfAnotherTenantOrWithAnotherSignatureDoesNotVerify() throws Exception {
    Customer customer = Customer.pro(api);
    String license = customer.redeem(api, "box").text("first_jwt");
    String other = Customer.pro(api).redeem(api, "box").text("first_jwt");
    JwtConsumer verifier = verifier(jwks(api), customer.tenantId());
    assertThatThrownBy(() -> verifier.processToClaims(other))
        .isInstanceOf(InvalidJwtException.class);
    String forged =
        license.substring(0, license.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    assertThatThrownBy(() -> verifier.processToClaims(forged))
        .isInstanceOf(InvalidJwtException.class);
  }

  @Test
  void nextAndRetiredKeysArePublishedToo() throws Exception {
    Api varied = new Api(Stage.variedNode().base());
    JsonWebKeySet published = new JsonWebKeySet(jwks(varied).body());
    assertThat(published.getJsonWebKeys())
        .extracting(JsonWebKey::getKeyId)
        .containsExactlyInAnyOrder("it-0", "it-1", "it-2");
    List<PublicKey> keys =
        published.getJsonWebKeys().stream().map(key -> (PublicKey) key.getKey()).toList();
    assertThat(keys).doesNotHaveDuplicates();
    Customer customer = Customer.pro(api);
    assertThat(
            verifier(jwks(varied), customer.tenantId())
                .processToClaims(customer.redeem(api, "box").text("first_jwt"))
                .getAudience())
        .containsExactly(customer.tenantId());
  }

  private static Answer jwks(Api from) {
    return from.send("GET", PATH, null, Map.of());
  }

  private static JwtConsumer verifier(Answer jwks, String audience) throws Exception {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(
            new JwksVerificationKeyResolver(new JsonWebKeySet(jwks.body()).getJsonWebKeys()))
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(
                ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
        .setExpectedIssuer("nineminds-license")
        .setExpectedAudience(audience)
        .setExpectedType(false, "JWT")
        .setRequireSubject()
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .build();
  }
}
