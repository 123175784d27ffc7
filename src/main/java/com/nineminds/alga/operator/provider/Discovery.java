package com.nineminds.alga.operator.provider;

import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nineminds.alga.operator.OperatorSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The metadata of the provider (OpenID Connect Discovery 1.0). It is fetched again after ten
 * minutes, and earlier after a failure, because a provider changes its keys and addresses. While it
 * cannot be fetched, the former metadata is used. Threads may share it.
 */
@ApplicationScoped
class Discovery {

  private static final Logger LOG = Logger.getLogger(Discovery.class.getName());
  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration AFTER_A_FAILED_FETCH = Duration.ofMinutes(1);

  /** False codes and tokens must not cause a fetch each. */
  private static final Duration FEWEST_BETWEEN = Duration.ofSeconds(1);

  @Inject OperatorSettings settings;
  @Inject Clock clock;

  private KnownProvider known;
  private Instant fetched = Instant.MIN;
  private Instant due = Instant.MIN;

  /** The provider; empty if {@link #fetch} is due. */
  synchronized Optional<KnownProvider> fresh() {
    return Optional.ofNullable(known).filter(present -> clock.instant().isBefore(due));
  }

  /**
   * Fetches the metadata. If that fails, returns the former metadata; throws if there is none.
   * Meanwhile {@link #fresh} returns the former metadata to others.
   */
  KnownProvider fetch() throws IOException, GeneralException {
    synchronized (this) {
      fetched = clock.instant();
      due = fetched.plus(AFTER_A_FAILED_FETCH);
    }
    try {
      KnownProvider found = KnownProvider.of(trusted(metadata()), ours());
      synchronized (this) {
        known = found;
        due = fetched.plus(FRESH);
        return found;
      }
    } catch (IOException | GeneralException e) {
      Optional<KnownProvider> former = former();
      if (former.isEmpty()) {
        throw e;
      }
      LOG.log(
          Level.WARNING,
          "the metadata of the OpenID provider could not be fetched again, so the former is used: "
              + e.getMessage());
      return former.get();
    }
  }

  private synchronized Optional<KnownProvider> former() {
    return Optional.ofNullable(known);
  }

  /**
   * Makes a fetch due, because something failed that may be due to a change at the provider. It is
   * due a second after the last fetch at the earliest.
   */
  synchronized void doubt() {
    Instant soon = fetched.plus(FEWEST_BETWEEN);
    due = soon.isBefore(due) ? soon : due;
  }

  /**
   * Newer metadata, with the keys of now; empty if the fetch fails, or if the last one was less
   * than a second ago.
   *
   * @param used what is in doubt
   */
  Optional<KnownProvider> newerThan(KnownProvider used) throws IOException, GeneralException {
    doubt();
    KnownProvider newer = fresh().isPresent() ? fresh().get() : fetch();
    return Optional.of(newer).filter(found -> !found.equals(used));
  }

  private OIDCProviderMetadata metadata() throws IOException, ParseException {
    HTTPResponse answer =
        ProviderHttp.send(new HTTPRequest(HTTPRequest.Method.GET, ours().discoveryUrl()));
    answer.ensureStatusCode(HTTPResponse.SC_OK);
    return OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
  }

  /**
   * Accepts only the metadata of the configured provider, and only if its addresses use TLS or are
   * on this machine.
   */
  private OIDCProviderMetadata trusted(OIDCProviderMetadata metadata) throws GeneralException {
    String issuer = metadata.getIssuer().getValue();
    // a query chooses a variant of the same metadata, such as "appid" at Microsoft Entra
    String asked = ours().discoveryUrl().toString().replaceFirst("\\?.*", "");
    if (!asked.equals(issuer.replaceFirst("/$", "") + CONFIGURATION)) {
      throw new GeneralException("the configuration names another issuer, " + issuer);
    }
    URI[] needed = {
      metadata.getAuthorizationEndpointURI(),
      metadata.getTokenEndpointURI(),
      metadata.getJWKSetURI()
    };
    Stream<URI> others =
        Stream.of(metadata.getUserInfoEndpointURI(), metadata.getEndSessionEndpointURI())
            .filter(Objects::nonNull);
    for (URI endpoint : Stream.concat(Stream.of(needed), others).toList()) {
      if (endpoint == null || !OperatorSettings.isConfidential(endpoint)) {
        throw new GeneralException("the configuration names an address without TLS, " + endpoint);
      }
    }
    return metadata;
  }

  private OperatorSettings.Provider ours() {
    return settings.provider().orElseThrow();
  }
}
