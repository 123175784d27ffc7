package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nineminds.alga.operator.OperatorSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's view of a provider follows the provider, and asks it seldom. */
class DiscoveryIT {

  private TestProvider provider;
  private Discovery discovery;
  private Instant now = Instant.parse("2026-11-28T10:00:00Z");

  @BeforeEach
  void start() throws Exception {
    provider = TestProvider.start(JWSAlgorithm.ES256);
    discovery = discovery("/.well-known/openid-configuration");
  }

  @SuppressWarnings("UnnecessaryAssignment") // no container injects the fields here
  private Discovery discovery(String path) {
    Discovery ofPath = new Discovery();
    ofPath.clock = new Hands();
    ofPath.settings =
        new OperatorSettings(
            Map.of(),
            Optional.of(
                new OperatorSettings.Provider(
                    URI.create(provider.issuer() + path), "c", "s", "openid", "groups", "ops")),
            URI.create("https://console.example"),
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofMinutes(10));
    return ofPath;
  }

  /** A clock that the test sets. */
  private final class Hands extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void isFetchedAgainAfterTenMinutes() throws Exception {
    assertThat(discovery.fresh()).isEmpty();
    KnownProvider first = discovery.fetch();
    provider.publish(metadata -> metadata.setTokenEndpointURI(at("/v2/token")));
    later(Duration.ofMinutes(10).minusMillis(1));
    assertThat(discovery.fresh()).containsSame(first);
    later(Duration.ofMillis(1));
    assertThat(discovery.fresh()).isEmpty();
    assertThat(discovery.fetch().metadata().getTokenEndpointURI()).isEqualTo(at("/v2/token"));
    assertThat(discovery.fresh()).isPresent();
  }

  @Test
  void afterADoubtItIsFetchedAgainButNotMoreThanOnceASecond() throws Exception {
    KnownProvider first = discovery.fetch();
    for (int junk = 0; junk < 100; junk++) {
      assertThat(discovery.newerThan(first)).isEmpty();
      discovery.doubt();
    }
    assertThat(provider.requests()).hasSize(1);
    later(Duration.ofSeconds(1));
    KnownProvider second = discovery.newerThan(first).orElseThrow();
    assertThat(second).isNotSameAs(first);
    assertThat(discovery.newerThan(first)).as("fetched by another thread").containsSame(second);
    assertThat(discovery.newerThan(second)).isEmpty();
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void theFormerIsUsedWhileTheProviderHasNone() throws Exception {
    KnownProvider first = discovery.fetch();
    later(Duration.ofMinutes(11));
    for (Fault fault : new Fault[] {Fault.CONFIGURATION_500, Fault.ANOTHER_ISSUERS_CONFIGURATION}) {
      provider.misbehave(fault);
      assertThat(discovery.fetch()).as(fault.name()).isSameAs(first);
      assertThat(discovery.fresh()).containsSame(first);
      later(Duration.ofMinutes(1));
      assertThat(discovery.fresh()).as("the next try is due").isEmpty();
    }
    provider.misbehave();
    assertThat(discovery.fetch()).isNotSameAs(first);
  }

  @Test
  void withoutAFormerItFails() throws Exception {
    provider.misbehave(Fault.CONFIGURATION_500);
    assertThatThrownBy(discovery::fetch).hasMessageContaining("500");
    assertThat(discovery.fresh()).isEmpty();
    provider.misbehave();
    assertThat(discovery.fetch()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, client_secret_basic",
        "client_secret_basic, client_secret_basic",
        "client_secret_post, client_secret_post",
        "private_key_jwt client_secret_post, client_secret_post",
        "client_secret_post client_secret_basic, client_secret_basic",
        "private_key_jwt client_secret_basic tls_client_auth, client_secret_basic"
      })
  void theClientSecretIsSentAsTheProviderSays(String offered, String used) throws Exception {
    provider.publish(metadata -> metadata.setTokenEndpointAuthMethods(methods(offered)));
    assertThat(discovery.fetch().client().getMethod().getValue()).isEqualTo(used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"private_key_jwt", "client_secret_jwt tls_client_auth", "none"})
  void aProviderWithoutAMethodOfOursIsNamed(String offered) {
    provider.publish(metadata -> metadata.setTokenEndpointAuthMethods(methods(offered)));
    assertThatThrownBy(discovery::fetch)
        .hasMessageContainingAll(offered.split(" ", -1))
        .hasMessageContainingAll("client_secret_basic", "client_secret_post");
  }

  private static List<ClientAuthenticationMethod> methods(String words) {
    return words == null
        ? null
        : Stream.of(words.split(" ", -1)).map(ClientAuthenticationMethod::new).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "none", "EdDSA"})
  void aProviderThatSignsOnlyAsTheConsoleCannotCheckIsNamed(String algorithm) {
    provider.publish(metadata -> metadata.setIDTokenJWSAlgs(List.of(new JWSAlgorithm(algorithm))));
    assertThatThrownBy(discovery::fetch).hasMessageContaining("[" + algorithm + "]");
    provider.publish(metadata -> metadata.setIDTokenJWSAlgs(null));
    assertThat(discovery).satisfies(Discovery::fetch);
  }

  static Stream<Arguments> addressesWithoutTls() {
    URI plain = URI.create("http://id.example/x");
    return Stream.<Consumer<OIDCProviderMetadata>>of(
            metadata -> metadata.setAuthorizationEndpointURI(plain),
            metadata -> metadata.setTokenEndpointURI(plain),
            metadata -> metadata.setJWKSetURI(plain),
            metadata -> metadata.setUserInfoEndpointURI(plain),
            metadata -> metadata.setEndSessionEndpointURI(plain))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("addressesWithoutTls")
  void anAddressWithoutTlsIsRefused(Consumer<OIDCProviderMetadata> change) {
    provider.publish(change);
    assertThatThrownBy(discovery::fetch).hasMessageContaining("without TLS, http://id.example/x");
  }

  @Test
  void userinfoAndSignOutMayBeMissing() {
    provider.publish(
        metadata -> {
          metadata.setUserInfoEndpointURI(null);
          metadata.setEndSessionEndpointURI(null);
        });
    assertThat(discovery).satisfies(Discovery::fetch);
  }

  @Test
  void aQueryChoosesAVariantOfTheSameMetadata() {
    assertThat(discovery("/.well-known/openid-configuration?appid=x")).satisfies(Discovery::fetch);
    assertThatThrownBy(discovery("/other/.well-known/openid-configuration?appid=x")::fetch)
        .hasMessageContaining("404");
  }

  private URI at(String path) {
    return provider.issuer().resolve(path);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }
}
