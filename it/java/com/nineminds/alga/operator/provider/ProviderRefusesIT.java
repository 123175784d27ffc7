package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test provider refuses what real providers refuse. */
class ProviderRefusesIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FORM = "application/x-www-form-urlencoded";

  private TestProvider provider;
  private RelyingParty client;

  @BeforeEach
  void start() throws Exception {
    provider = TestProvider.start(JWSAlgorithm.ES256, Person.named("clara").in("operators"));
    client = RelyingParty.of(provider);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "?x=1", "x", "#x", "/../jwks"})
  void aRedirectUriThatIsNotTheSameToTheLetter(String more) throws Exception {
    String registered = encoded(client.back().toString());
    String other = encoded(client.back() + more);
    assertThat(get(client.request().toString()).statusCode()).isEqualTo(200);
    assertThat(get(client.request().toString().replace(registered, other)))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
        .satisfies(answer -> assertThat(answer.body()).contains("redirect_uri"));
    URI shouted = URI.create(client.back().toString().replace("http:", "HTTP:"));
    assertThat(
            get(client.request().toString().replace(registered, encoded(shouted.toString())))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aRequestWithoutOpenid() throws Exception {
    String request = client.request().toString();
    assertThat(get(request.replace("scope=openid", "scope=profile")).statusCode()).isEqualTo(400);
  }

  @Test
  void aCodeThatWasUsedAndItTakesBackWhatTheCodeGot() throws Exception {
    String code = client.code("clara");
    String accessToken =
        (String) client.redeem(code, client.verifier()).getBodyAsJSONObject().get("access_token");
    assertThat(userinfo("Bearer " + accessToken).statusCode()).isEqualTo(200);
    assertThat(client.redeem(code, client.verifier()).getBody()).contains("invalid_grant");
    assertThat(userinfo("Bearer " + accessToken).statusCode()).isEqualTo(401);
  }

  @Test
  void aCodeThatExpired() throws Exception {
    String young = client.code("clara");
    provider.later(Duration.ofSeconds(50));
    assertThat(client.redeem(young, client.verifier()).getStatusCode()).isEqualTo(200);
    String old = client.code("clara");
    provider.later(Duration.ofSeconds(61));
    assertThat(client.redeem(old, client.verifier()).getBody()).contains("invalid_grant");
  }

  @Test
  void aWrongVerifierOrNone() throws Exception {
    assertThat(client.redeem(client.code("clara"), new CodeVerifier()).getBody())
        .contains("invalid_grant");
    assertThat(client.redeem(client.code("clara"), null).getBody()).contains("invalid_grant");
  }

  @Test
  void anotherRedirectUriForTheCodeOrNone() throws Exception {
    assertThat(post(token(), basic(), exchange(client.code("clara"))).statusCode()).isEqualTo(200);
    String[] others = {"redirect_uri", "redirect_uri=" + encoded(client.back() + "/")};
    for (String other : others) {
      String form = exchange(client.code("clara")).replaceFirst("redirect_uri=[^&]*", other);
      assertThat(post(token(), basic(), form).body()).as(other).contains("invalid_");
    }
  }

  @Test
  void aMethodOfClientAuthenticationThatItDoesNotOffer() throws Exception {
    RelyingParty byPost = client.withSecret(provider.clientSecret(), true);
    provider.publish(
        metadata ->
            metadata.setTokenEndpointAuthMethods(
                List.of(ClientAuthenticationMethod.CLIENT_SECRET_POST)));
    assertThat(client.redeemed("clara").getBody()).contains("invalid_client");
    assertThat(byPost.redeemed("clara").getStatusCode()).isEqualTo(200);
    provider.publish(metadata -> metadata.setTokenEndpointAuthMethods(null));
    assertThat(client.redeemed("clara").getStatusCode()).as("the default").isEqualTo(200);
    assertThat(byPost.redeemed("clara").getBody()).contains("invalid_client");
    provider.publish(
        metadata ->
            metadata.setTokenEndpointAuthMethods(
                List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
    assertThat(client.redeemed("clara").getBody()).contains("invalid_client");
    assertThat(byPost.redeemed("clara").getBody()).contains("invalid_client");
  }

  @Test
  void twoMethodsAtOnceOrNone() throws Exception {
    String form = exchange(client.code("clara"));
    String inForm = "&client_secret=" + encoded(provider.clientSecret());
    assertThat(post(token(), basic(), form + inForm).body()).contains("invalid_");
    assertThat(post(token(), null, form).body()).contains("invalid_client");
  }

  /** RFC 6749, 2.3.1: the id and the secret are encoded as in a form, before Basic encodes them. */
  @Test
  void aSecretThatIsNotEncoded() throws Exception {
    String secret = provider.clientSecret();
    assertThat(secret).contains("+", "/", "=", "%", ":", "\u00e9", "&", " ");
    String form = exchange(client.code("clara"));
    assertThat(post(token(), basic(secret), form).body()).contains("invalid_");
    String asInAddresses = encoded(secret).replace("+", "%20");
    assertThat(post(token(), basic(asInAddresses), form).statusCode()).isEqualTo(200);
    assertThat(post(token(), basic(), exchange(client.code("clara"))).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenRequestThatIsNoPostedForm() throws Exception {
    String form = exchange(client.code("clara"));
    HttpRequest.Builder get =
        HttpRequest.newBuilder(URI.create(token() + "?" + form)).header("Authorization", basic());
    assertThat(send(get.GET()).statusCode()).isEqualTo(405);
    HttpRequest.Builder json =
        HttpRequest.newBuilder(URI.create(token()))
            .header("Authorization", basic())
            .header("Content-Type", "application/json");
    assertThat(send(json.POST(BodyPublishers.ofString(form))).statusCode()).isEqualTo(400);
    assertThat(post(token(), basic(), form + "&grant_type=authorization_code").statusCode())
        .as("a parameter twice")
        .isEqualTo(400);
    assertThat(
            post(token(), basic(), form.replace("authorization_code", "client_credentials"))
                .statusCode())
        .isEqualTo(400);
    assertThat(post(token(), basic(), form).statusCode()).as("the code lives").isEqualTo(200);
  }

  @Test
  void anUnknownAccessTokenAndOneInTheAddress() throws Exception {
    String accessToken =
        (String) client.redeemed("clara").getBodyAsJSONObject().get("access_token");
    assertThat(userinfo("Bearer " + accessToken).body()).contains("sub-clara", "operators");
    for (String other : Arrays.asList("Bearer x", "Bearer ", accessToken, null)) {
      assertThat(userinfo(other))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(401))
          .satisfies(
              answer -> assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent());
    }
    assertThat(get(provider.issuer() + "/userinfo?access_token=" + accessToken).statusCode())
        .isEqualTo(401);
  }

  @Test
  void anEndpointThatMoved() throws Exception {
    provider.publish(
        metadata -> metadata.setTokenEndpointURI(provider.issuer().resolve("/v2/token")));
    assertThat(client.redeemed("clara").getStatusCode()).isEqualTo(404);
    assertThat(RelyingParty.of(provider).redeemed("clara").getStatusCode()).isEqualTo(200);
    provider.misbehave(Fault.CONFIGURATION_500);
    assertThatThrownBy(() -> RelyingParty.of(provider)).isInstanceOf(IOException.class);
  }

  @Test
  void aSignOutThatLeadsWhereItMayNot() throws Exception {
    provider.redirectAfterSignOutTo(client.back());
    String idToken = client.signIn("clara");
    assertThat(provider.isSignedIn("clara")).isTrue();
    String hint = provider.issuer() + "/logout?id_token_hint=" + idToken;
    String back = "&post_logout_redirect_uri=" + client.back();
    for (String other :
        List.of(
            hint + back + "/",
            hint + "x" + back,
            hint.replace(idToken, "x.y.z"),
            hint + back + "&client_id=another",
            provider.issuer() + "/logout?x=y" + back)) {
      assertThat(get(other).statusCode()).as(other).isEqualTo(400);
    }
    assertThat(get(provider.issuer() + "/logout?client_id=alga-console" + back).body())
        .contains("Do you want to sign out?");
    assertThat(provider.isSignedIn("clara")).isTrue();
    assertThat(get(hint + back + "&client_id=alga-console").headers().firstValue("Location"))
        .contains(client.back().toString());
    assertThat(provider.isSignedIn("clara")).isFalse();
    assertThat(get(hint).body()).contains("Signed out");
  }

  @Test
  void nothingElseIsThere() throws Exception {
    for (String path : List.of("/", "/token/x", "/tokens", "/authorize/", "/nix")) {
      assertThat(get(provider.issuer() + path).statusCode()).as(path).isEqualTo(404);
    }
  }

  private String token() {
    return provider.issuer() + "/token";
  }

  private String exchange(String code) {
    return List.of(
            "grant_type=authorization_code",
            "code=" + code,
            "redirect_uri=" + encoded(client.back().toString()),
            "code_verifier=" + client.verifier().getValue())
        .stream()
        .collect(Collectors.joining("&"));
  }

  private String basic() {
    return basic(encoded(provider.clientSecret()));
  }

  private static String basic(String secret) {
    String both = TestProvider.CLIENT_ID + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> userinfo(String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(provider.issuer() + "/userinfo"));
    return send(authorization == null ? request : request.header("Authorization", authorization));
  }

  private static HttpResponse<String> post(String url, String authorization, String form)
      throws Exception {
    List<String> headers = new ArrayList<>(List.of("Content-Type", FORM));
    if (authorization != null) {
      headers.addAll(List.of("Authorization", authorization));
    }
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .headers(headers.toArray(String[]::new))
            .POST(BodyPublishers.ofString(form)));
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
