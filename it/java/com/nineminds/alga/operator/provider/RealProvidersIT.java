package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real providers are slow, change, and say what they know in different places. */
class RealProvidersIT {

  private static final TestProvider PROVIDER = ProviderStage.provider();
  private static final URI BASE = ProviderStage.node().base();
  private static final String IN = "/admin/overview";
  private static final String FAILED = "/admin/sign-in?said=provider";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @BeforeEach
  @AfterEach
  void behave() {
    ProviderStage.behave();
  }

  @Test
  void keysMayTakeFiveSeconds() throws IOException {
    PROVIDER.rotateKey();
    PROVIDER.slow("/jwks", Duration.ofMillis(5_500));
    assertThat(end("clara")).isEqualTo(IN);
  }

  @Test
  void aKeyThatIsReplacedUnderItsIdIsFetched() throws IOException {
    assertThat(end("clara")).isEqualTo(IN);
    PROVIDER.replaceKey();
    awaitSignIn();
  }

  @Test
  void aKeyWithoutAnIdIsFetched() throws IOException {
    PROVIDER.misbehave(Fault.NO_KID);
    assertThat(end("clara")).isEqualTo(IN);
    PROVIDER.rotateKey();
    awaitSignIn();
  }

  /** The sign-in that finds out may fail, and the next one must not wait for long. */
  @Test
  void aTokenEndpointThatMovedAndTakesTheSecretInTheForm() throws IOException {
    assertThat(end("clara")).isEqualTo(IN);
    PROVIDER.publish(
        metadata -> {
          metadata.setTokenEndpointURI(PROVIDER.issuer().resolve("/v2/token"));
          metadata.setTokenEndpointAuthMethods(
              List.of(ClientAuthenticationMethod.CLIENT_SECRET_POST));
        });
    awaitSignIn();
    assertThat(PROVIDER.requests()).contains("POST /v2/token");
    ProviderStage.publish(metadata -> {});
    assertThat(end("clara")).as("client_secret_basic").isEqualTo(IN);
  }

  @Test
  void aProviderWithoutAMethodOfOursIsNamedInTheLog() {
    ProviderStage.publish(
        metadata ->
            metadata.setTokenEndpointAuthMethods(
                List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
    assertLogged("the token endpoint accepts [private_key_jwt]", "client_secret_post");
    ProviderStage.publish(metadata -> {});
  }

  @Test
  void whatTheProviderSaysOfItsRefusalIsLogged() throws IOException {
    PROVIDER.misbehave(Fault.ACCESS_DENIED);
    assertThat(end("clara")).isEqualTo(FAILED);
    assertLogged("access_denied: Access denied by resource owner");
    PROVIDER.misbehave();
    Console console = new Console(BASE);
    URI begun = console.get("/admin/oidc").location();
    assertThat(ProviderStage.endWithAnyCode(console, begun)).isEqualTo(FAILED);
    assertLogged("refused (client_secret_basic): status 400, invalid_grant, Invalid grant");
  }

  @Test
  void codeAndSecretAreNotSentOn() throws IOException {
    PROVIDER.misbehave(Fault.TOKEN_ENDPOINT_REDIRECTS);
    assertThat(end("clara")).isEqualTo(FAILED);
    assertThat(PROVIDER.requests()).noneMatch(request -> request.endsWith("/elsewhere"));
  }

  @ParameterizedTest
  @CsvSource({"groups", "preferred_username:email", "groups:preferred_username:email:name"})
  void whatIsOnlyInTheUserinfoIsUsed(String claims) throws IOException {
    PROVIDER.add(ProviderStage.clara().onlyAtUserinfo(claims.split(":", -1)));
    Console clara = ProviderStage.signedIn("clara");
    assertThat(clara.get(IN).html().expectFirst(".who").text()).isEqualTo("clara");
  }

  @Test
  void whoIsNotInTheGroupIsNotAllowedByTheUserinfoEither() throws IOException {
    PROVIDER.add(Person.named("dora").in("staff").onlyAtUserinfo("groups"));
    assertThat(end("dora")).isEqualTo("/admin/sign-in?said=not_allowed");
    PROVIDER.add(Person.named("dora").in("staff"));
  }

  @Test
  void userinfoIsAskedOnlyIfItIsNeeded() throws IOException {
    long before = PROVIDER.requests().stream().filter("GET /userinfo"::equals).count();
    assertThat(end("clara")).isEqualTo(IN);
    assertThat(PROVIDER.requests().stream().filter("GET /userinfo"::equals).count())
        .isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "USERINFO_500",
        "USERINFO_OF_ANOTHER",
        "USERINFO_JWT_BY_FOREIGN_KEY",
        "USERINFO_JWT_UNSIGNED",
        "USERINFO_JWT_OF_ANOTHER_ISSUER",
        "USERINFO_JWT_FOR_ANOTHER_CLIENT"
      })
  void aWrongUserinfoIsNoSignIn(Fault fault) throws IOException {
    PROVIDER.add(ProviderStage.clara().onlyAtUserinfo("groups"));
    PROVIDER.misbehave(fault);
    assertThat(end("clara")).isEqualTo(FAILED);
    PROVIDER.misbehave(Fault.USERINFO_JWT);
    assertThat(end("clara")).isEqualTo(IN);
  }

  @Test
  void aMissingClaimIsNotTheSameAsNoAccess() throws IOException {
    Console eve = ended(Person.named("eve"), "no_claim");
    assertThat(eve.get(IN).status()).isEqualTo(302);
    assertLogged("eve signed in at the provider, but neither the ID token", "claim groups");
  }

  /** Microsoft Entra leaves the groups of a person out of the ID token if they are many. */
  @Test
  void tooManyGroupsAreNamedWithWhatToDo() throws IOException {
    Person eve = Person.named("eve");
    Map<String, Object> source = Map.of("src1", Map.of("endpoint", "https://graph.example/x"));
    ended(
        eve.with("_claim_names", Map.of("groups", "src1")).with("_claim_sources", source),
        "groups_left_out");
    assertLogged("eve signed in at the provider, but has too many groups", "app roles");
    ended(eve.with("hasgroups", true), "groups_left_out");
  }

  /** Signs the person in, and expects the sign-in page with that message. */
  private static Console ended(Person person, String said) throws IOException {
    PROVIDER.add(person);
    Console console = new Console(BASE);
    URI back = ProviderStage.signedInAtProvider(console, IN, person.username());
    String end = ProviderStage.end(console, back);
    assertThat(end).isEqualTo("/admin/sign-in?said=" + said);
    String problem = console.get(end).html().expectFirst("#problem").text();
    assertThat(problem).contains("Ask its administrator to send").doesNotContain("may not use");
    return console;
  }

  private static void assertLogged(String... parts) {
    Await.until(
        PATIENCE,
        () ->
            ProviderStage.node()
                .console()
                .lines()
                .anyMatch(line -> List.of(parts).stream().allMatch(line::contains)),
        () -> "not logged: " + String.join(", ", parts));
  }

  private static void awaitSignIn() {
    Await.until(
        PATIENCE,
        () -> {
          try {
            return end("clara").equals(IN);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        () -> "no sign-in");
    Stage.sql().update("DELETE FROM rate_buckets");
  }

  private static String end(String username) throws IOException {
    Console console = new Console(BASE);
    return ProviderStage.end(console, ProviderStage.signedInAtProvider(console, IN, username));
  }
}
