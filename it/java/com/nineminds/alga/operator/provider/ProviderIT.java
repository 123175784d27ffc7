package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Connection.Response;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test provider works correctly, and shows each fault that it is told to show. */
class ProviderIT {

  private static final Person CLARA =
      Person.named("clara")
          .in("operators", "staff")
          .with("realm", Map.of("roles", List.of("admin")));

  private TestProvider provider;
  private RelyingParty client;

  @BeforeEach
  void start() throws Exception {
    provider = TestProvider.start(CLARA, Person.named("dora"));
    client = RelyingParty.of(provider);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void saysWhoSignedIn() throws Exception {
    IDTokenClaimsSet claims = client.validated(client.signIn("clara"), client.keys());
    assertThat(claims.getSubject().getValue()).isEqualTo("sub-clara");
    assertThat(claims.getStringClaim("preferred_username")).isEqualTo("clara");
    assertThat(claims.getStringClaim("name")).isEqualTo("Clara");
    assertThat(claims.getStringClaim("email")).isEqualTo("clara@operators.test");
    assertThat(claims.getStringListClaim("groups")).containsExactly("operators", "staff");
    assertThat(claims.getJSONObjectClaim("realm")).hasToString("{\"roles\":[\"admin\"]}");
    assertThat(provider.requests())
        .containsExactly(
            "GET /.well-known/openid-configuration",
            "GET /authorize",
            "POST /continue",
            "POST /token",
            "GET /jwks");
  }

  @Test
  void whatIsSaidOfAPersonCanChange() throws Exception {
    assertThat(groupsOfDora()).isNull();
    provider.add(Person.named("dora").in("operators"));
    assertThat(groupsOfDora()).containsExactly("operators");
  }

  private List<String> groupsOfDora() throws Exception {
    return client.validated(client.signIn("dora"), client.keys()).getStringListClaim("groups");
  }

  @Test
  void signsWithEs256Too() throws Exception {
    try (TestProvider other = TestProvider.start(JWSAlgorithm.ES256, CLARA)) {
      RelyingParty itsClient = RelyingParty.of(other);
      assertThat(itsClient.validated(itsClient.signIn("clara"), itsClient.keys())).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "WRONG_NONCE",
        "NO_NONCE",
        "WRONG_ISSUER",
        "WRONG_AUDIENCE",
        "EXPIRED",
        "UNSIGNED",
        "FOREIGN_KEY",
        "HMAC_BY_PUBLIC_KEY",
        "CHANGED_AFTER_SIGNING"
      })
  void aWrongIdTokenIsRefused(Fault fault) throws Exception {
    JWKSet keys = client.keys();
    provider.misbehave(fault);
    String wrong = client.signIn("clara");
    assertThatThrownBy(() -> client.validated(wrong, keys)).isInstanceOf(BadJOSEException.class);
    provider.misbehave();
    assertThat(client.validated(client.signIn("clara"), keys)).isNotNull();
  }

  @Test
  void aNewKeyTakesThePlaceOfTheOld() throws Exception {
    JWKSet before = client.keys();
    provider.rotateKey();
    String token = client.signIn("clara");
    assertThat(client.validated(token, client.keys())).isNotNull();
    assertThatThrownBy(() -> client.validated(token, before)).isInstanceOf(BadJOSEException.class);
  }

  @Test
  void sendsBackWithWhatIsWrong() throws Exception {
    assertThat(client.sentBack("clara").getState()).isEqualTo(client.state());
    assertThat(client.sentBack("clara").getIssuer()).isEqualTo(new Issuer(provider.issuer()));
    provider.misbehave(Fault.WRONG_STATE);
    assertThat(client.sentBack("clara").getState()).isNotEqualTo(client.state());
    provider.misbehave(Fault.WRONG_ISS_PARAMETER);
    assertThat(client.sentBack("clara").getIssuer()).isNotEqualTo(new Issuer(provider.issuer()));
    provider.misbehave(Fault.ACCESS_DENIED);
    assertThat(client.sentBack("clara").toErrorResponse().getErrorObject().getCode())
        .isEqualTo("access_denied");
  }

  @Test
  void theTokenEndpointCanFail() throws Exception {
    provider.misbehave(Fault.TOKEN_ENDPOINT_500);
    assertThat(client.redeemed("clara").getStatusCode()).isEqualTo(500);
    provider.misbehave(Fault.TOKEN_ENDPOINT_GARBAGE);
    assertThat(client.redeemed("clara").getBody()).contains("<html>");
    provider.misbehave(Fault.NO_ID_TOKEN);
    assertThat(client.redeemed("clara").getBody())
        .contains("access_token")
        .doesNotContain("id_token");
  }

  @Test
  void theProviderCanBeSlow() throws Exception {
    provider.slow(Duration.ofMillis(300));
    long start = System.nanoTime();
    client.keys();
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(299).toNanos());
  }

  @Test
  void aCodeIsGoodOnceAndForItsAskerOnly() throws Exception {
    RelyingParty thief = client.withSecret("guessed", false);
    assertThat(thief.redeemed("clara").getBody()).contains("invalid_client");
    String code = client.code("clara");
    assertThat(client.redeem(code, new CodeVerifier()).getBody()).contains("invalid_grant");
    assertThat(client.redeem(code, client.verifier()).getBody())
        .as("a failed try uses the code up")
        .contains("invalid_grant");
    RelyingParty byPost = client.withSecret(provider.clientSecret(), true);
    String other = client.code("clara");
    assertThat(byPost.redeem(other, client.verifier()).getStatusCode()).isEqualTo(200);
    assertThat(byPost.redeem(other, client.verifier()).getBody()).contains("invalid_grant");
  }

  @Test
  void aCarelessRequestIsRefused() throws Exception {
    String good = client.request().toString();
    assertThat(get(good).body()).contains("continue as clara");
    for (String parameter :
        List.of("client_id", "redirect_uri", "state", "nonce", "code_challenge", "scope")) {
      String careless = good.replaceFirst("([?&])" + parameter + "=[^&]*", "$1");
      assertThat(get(careless).statusCode()).as(parameter).isEqualTo(400);
    }
    assertThat(get(good.replace("S256", "plain")).body()).contains("no PKCE");
    assertThat(get(good.replace("jwks", "elsewhere")).body()).contains("unknown redirect_uri");
  }

  private static Response get(String url) throws IOException {
    return Jsoup.connect(url)
        .followRedirects(false)
        .ignoreHttpErrors(true)
        .ignoreContentType(true)
        .execute();
  }
}
