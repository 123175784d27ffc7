package com.nineminds.alga.operator.provider;

import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A provider and a node whose operators sign in there, on the database of the shared node. Both are
 * started when they are first asked for, and end with the JVM. Clara is an operator and Dora is
 * not.
 */
final class ProviderStage {

  private static final TestProvider PROVIDER = startProvider();
  private static final Node NODE = startNode();

  /** Where a sign-in ended whose provider had the configuration of another issuer. */
  private static final String ANOTHER_ISSUERS = signInAtAnotherIssuer();

  private ProviderStage() {}

  private static TestProvider startProvider() {
    try {
      return TestProvider.start(clara(), Person.named("dora").in("staff"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Node startNode() {
    Map<String, String> settings = Stage.settings(Stage.sql().database());
    settings.remove("CONSOLE_OPERATORS_FILE");
    settings.put("TRUSTED_PROXY_HOPS", "1");
    settings.put(
        "CONSOLE_OIDC_DISCOVERY_URL", PROVIDER.issuer() + "/.well-known/openid-configuration");
    settings.put("CONSOLE_OIDC_CLIENT_ID", TestProvider.CLIENT_ID);
    settings.put("CONSOLE_OIDC_CLIENT_SECRET", PROVIDER.clientSecret());
    settings.put("CONSOLE_OIDC_GROUP", "alga-operators");
    Node node = Node.start("provider", settings);
    PROVIDER.redirectTo(node.base().resolve("/admin/callback"));
    return node;
  }

  /** The configuration is fetched once, so only the first sign-in can meet another's. */
  private static String signInAtAnotherIssuer() {
    PROVIDER.misbehave(Fault.ANOTHER_ISSUERS_CONFIGURATION);
    String end = new Console(NODE.base()).get("/admin/oidc").location().toString();
    PROVIDER.misbehave();
    return end;
  }

  static Person clara() {
    return Person.named("clara").in("staff", "alga-operators");
  }

  static TestProvider provider() {
    return PROVIDER;
  }

  static Node node() {
    return NODE;
  }

  static String endAtAnotherIssuer() {
    return ANOTHER_ISSUERS;
  }

  /** As before the first sign-in: the provider is well, its people too, and nobody failed. */
  static void behave() {
    PROVIDER.misbehave();
    PROVIDER.slow(Duration.ZERO);
    PROVIDER.add(clara());
    Stage.sql().update("DELETE FROM rate_buckets");
  }

  /** Goes to the provider from a page of the console, signs in there, and gives the way back. */
  static URI signedInAtProvider(Console console, String path, String username) throws IOException {
    URI begin = console.get(path).location();
    return PROVIDER.signIn(console.get(begin.toString()).location(), username);
  }

  /** Where the console leads somebody whom the provider sends back. */
  static String end(Console console, URI back) {
    return console.get(back.toString()).location().toString().replace(NODE.base().toString(), "");
  }

  /** A browser of that person, signed in. */
  static Console signedIn(String username) throws IOException {
    Console console = new Console(NODE.base());
    String end = end(console, signedInAtProvider(console, "/admin/overview", username));
    if (!end.equals("/admin/overview")) {
      throw new AssertionError(end);
    }
    return console;
  }
}
