package com.nineminds.alga.operator;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may use the console, and for how long. Without operators and without a provider there is no
 * console.
 *
 * @param operators password hashes by name, in the format of Jakarta Security's {@code
 *     Pbkdf2PasswordHash}; empty if operators sign in at a provider
 * @param provider the OpenID provider, if any
 * @param baseUrl the address of the console for browsers, without a trailing slash; never taken
 *     from a request
 * @param idle how long a session lives without a request
 * @param longest the longest life of a session
 * @param recheck how long the provider's confirmation that a user is an operator stays valid
 */
public record OperatorSettings(
    Map<String, String> operators,
    Optional<Provider> provider,
    URI baseUrl,
    Duration idle,
    Duration longest,
    Duration recheck) {

  private static final String BASE = "CONSOLE_BASE_URL";
  private static final String PUBLIC_BASE = "PUBLIC_BASE_URL";
  private static final String OPERATORS = "CONSOLE_OPERATORS";
  private static final String DISCOVERY = "CONSOLE_OIDC_DISCOVERY_URL";
  private static final String CLIENT = "CONSOLE_OIDC_CLIENT_ID";
  private static final String SECRET = "CONSOLE_OIDC_CLIENT_SECRET";
  private static final String SCOPE = "CONSOLE_OIDC_SCOPE";
  private static final String GROUP = "CONSOLE_OIDC_GROUP";
  private static final Pattern LINE =
      Pattern.compile(
          "(?<name>[^:\\s]{1,200}):(?<hash>PBKDF2WithHmacSHA(256|512):(?<iterations>[0-9]{1,9})"
              + ":[A-Za-z0-9+/]{22,}={0,2}:[A-Za-z0-9+/]{42,}={0,2})");
  private static final int FEWEST_ITERATIONS = 210_000;

  /**
   * An OpenID provider.
   *
   * @param discoveryUrl the address of its {@code /.well-known/openid-configuration}
   * @param claim the claim of the ID token or the userinfo that lists the rights of a user; a dot
   *     leads into an object
   * @param group the value of that claim that grants access
   */
  public record Provider(
      URI discoveryUrl,
      String clientId,
      String clientSecret,
      String scope,
      String claim,
      String group) {

    /** Names the provider, the client and the group. Never shows the secret. */
    @Override
    public String toString() {
      return "%s as %s, %s in %s".formatted(discoveryUrl, clientId, group, claim);
    }
  }

  /**
   * Reads {@code CONSOLE_*}. Without {@code CONSOLE_BASE_URL} the console is at {@code
   * PUBLIC_BASE_URL}. The address of a console has no path. {@code PUBLIC_BASE_URL} may have one if
   * there is no console, or if the console has an address of its own.
   */
  public static OperatorSettings read(Settings settings) {
    Map<String, String> operators = operators(settings.text(OPERATORS).orElse(""));
    boolean oidc = settings.allOrNone(DISCOVERY, CLIENT, SECRET, GROUP);
    if (oidc && !operators.isEmpty()) {
      throw new IllegalSetting(OPERATORS, "is set, and so is " + DISCOVERY + "; set only one");
    }
    Optional<String> own = settings.text(BASE);
    return new OperatorSettings(
        operators,
        oidc ? Optional.of(provider(settings)) : Optional.empty(),
        own.isPresent() || oidc || !operators.isEmpty()
            ? consoleAddress(settings, own.isPresent() ? BASE : PUBLIC_BASE)
            : URI.create(settings.url(PUBLIC_BASE)),
        Duration.ofMinutes(settings.number("CONSOLE_IDLE_MINUTES", 30, 1, 1440)),
        Duration.ofHours(settings.number("CONSOLE_SESSION_HOURS", 12, 1, 168)),
        Duration.ofMinutes(settings.number("CONSOLE_OIDC_RECHECK_MINUTES", 10, 2, 1440)));
  }

  /** Refuses an address below a path, because all links of the console begin at the root. */
  private static URI consoleAddress(Settings settings, String name) {
    URI address = URI.create(settings.url(name));
    if (!address.getRawPath().isEmpty()) {
      throw new IllegalSetting(
          BASE,
          "the console needs an address of its own without a path, like"
              + " https://license.example.com, because all its links begin at the root"
              + (name.equals(BASE) ? "" : "; without it, it is " + name + ", which has a path"));
    }
    return address;
  }

  private static Provider provider(Settings settings) {
    URI discovery = URI.create(settings.documentUrl(DISCOVERY));
    if (!isConfidential(discovery)) {
      throw new IllegalSetting(DISCOVERY, "expected an https address; http only on this machine");
    }
    return new Provider(
        discovery,
        settings.required(CLIENT),
        settings.required(SECRET),
        scope(settings),
        settings.text("CONSOLE_OIDC_CLAIM").orElse("groups"),
        settings.required(GROUP));
  }

  private static String scope(Settings settings) {
    String scope = settings.text(SCOPE).orElse("openid profile email");
    if (!Arrays.asList(scope.split("\\s+", -1)).contains("openid")) {
      throw new IllegalSetting(SCOPE, "expected words with openid among them");
    }
    return scope;
  }

  private static Map<String, String> operators(String text) {
    Map<String, String> operators = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      var parts = LINE.matcher(line);
      if (!parts.matches()
          || Integer.parseInt(parts.group("iterations")) < FEWEST_ITERATIONS
          || operators.put(parts.group("name"), parts.group("hash")) != null) {
        throw new IllegalSetting(
            OPERATORS,
            "expected one line for each operator, name:PBKDF2WithHmacSHA256:iterations:salt:hash,"
                + " each name once, with %d iterations or more".formatted(FEWEST_ITERATIONS));
      }
    }
    return Map.copyOf(operators);
  }

  /**
   * Whether nobody between this service and the address can read or change the data: the address
   * uses TLS, or is on this machine.
   */
  public static boolean isConfidential(URI address) {
    return "https".equals(address.getScheme())
        || ("http".equals(address.getScheme())
            && String.valueOf(address.getHost())
                .matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]"));
  }

  /**
   * One hash for each {@link #cost} among the operators' hashes. A try is checked against all of
   * them.
   */
  public Map<String, String> hashByCost() {
    return operators.values().stream()
        .collect(Collectors.toMap(OperatorSettings::cost, hash -> hash, (one, other) -> one));
  }

  /**
   * The parameters that decide how long a hash takes: its algorithm, its iterations and its length.
   * The empty string for a malformed hash.
   */
  public static String cost(String hash) {
    String[] parts = hash.split(":", -1);
    return parts.length == 4 ? parts[0] + ":" + parts[1] + ":" + parts[3].length() : "";
  }

  /**
   * A secret that only this service knows, for an operator of this service: the client secret at
   * the provider, or else the operator's password hash.
   */
  public String secretOf(String operator) {
    return provider.map(Provider::clientSecret).orElseGet(() -> operators.get(operator));
  }

  /** Whether there is a console. */
  public boolean on() {
    return provider.isPresent() || !operators.isEmpty();
  }

  /** The base URL in the form of the {@code Origin} header. */
  public String origin() {
    boolean byDefault = baseUrl.getPort() == (secure() ? 443 : 80) || baseUrl.getPort() < 0;
    return baseUrl.getScheme()
        + "://"
        + baseUrl.getHost().toLowerCase(Locale.ROOT)
        + (byDefault ? "" : ":" + baseUrl.getPort());
  }

  /** Whether browsers use TLS to reach the console. */
  public boolean secure() {
    return "https".equals(baseUrl.getScheme());
  }

  /** Shows the operators' names and the provider. Never shows a secret. */
  @Override
  public String toString() {
    return operators.keySet() + " " + provider;
  }
}
