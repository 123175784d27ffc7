package com.nineminds.alga.operator.provider;

import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A provider, and a node whose operators sign in there, on the database of the shared node. The
 * first use starts both, and they end with the JVM. Clara is an operator, and Dora is not.
 */
final class ProviderStage {

  private static final String CONFIGURATION = "GET /.well-known/openid-configuration";
  private static final TestProvider PROVIDER = startProvider();
  private static final Node NODE = startNode();

  /** The end of a sign-in at a provider with the configuration of another issuer. */
  private static final String ANOTHER_ISSUERS = signInAtAnotherIssuer();

  /** The end of a sign-out while the node knows no configuration. */
  private static final String SIGN_OUT_AT_ANOTHER_ISSUERS = signOutAtAnotherIssuer();

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
    settings.put("CONSOLE_OIDC_CLIENT_SECRET_FILE", secretFile().toString());
    settings.put("CONSOLE_OIDC_GROUP", "alga-operators");
    Node node = Node.start("provider", settings);
    PROVIDER.redirectTo(node.base().resolve("/admin/callback"));
    PROVIDER.redirectAfterSignOutTo(node.base().resolve("/admin/signed-out"));
    return node;
  }

  /** The secret has characters that not every locale can have in its environment. */
  private static Path secretFile() {
    try {
      Path file = Files.createDirectories(Stage.DIRECTORY).resolve("client-secret");
      return Files.writeString(file, PROVIDER.clientSecret());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only the first sign-in of the node has no former configuration to go on with. */
  private static String signInAtAnotherIssuer() {
    PROVIDER.misbehave(Fault.ANOTHER_ISSUERS_CONFIGURATION);
    String end = new Console(NODE.base()).get("/admin/oidc").location().toString();
    PROVIDER.misbehave();
    return end;
  }

  private static String signOutAtAnotherIssuer() {
    String token = "A".repeat(43);
    Stage.sql()
        .update(
            "INSERT INTO operator_sessions (token_hash, operator, operator_sub, granted_by)"
                + " VALUES (sha256(?::bytea), 'clara', 'sub-clara', sha256(?::bytea))",
            token,
            "%s/.well-known/openid-configuration as %s, alga-operators in groups"
                .formatted(PROVIDER.issuer(), TestProvider.CLIENT_ID));
    PROVIDER.misbehave(Fault.ANOTHER_ISSUERS_CONFIGURATION);
    Console clara = new Console(NODE.base());
    clara.cookies().put("alga_console", token);
    String end =
        clara
            .send(clara.get("/admin/overview").form("[action='/admin/sign-out'] button"))
            .location()
            .toString();
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

  static String endOfSignOutAtAnotherIssuer() {
    return SIGN_OUT_AT_ANOTHER_ISSUERS;
  }

  static String endAtAnotherIssuer() {
    return ANOTHER_ISSUERS;
  }

  /** Restores the first state: a correct provider, its people, and no failed tries. */
  static void behave() {
    PROVIDER.publish(metadata -> {});
    behaveAsPublished();
  }

  private static void behaveAsPublished() {
    PROVIDER.misbehave();
    PROVIDER.slow(Duration.ZERO);
    PROVIDER.add(clara());
    Stage.sql().update("DELETE FROM rate_buckets");
  }

  /** Changes the metadata, and waits until the node has found out. */
  static void publish(Consumer<OIDCProviderMetadata> change) {
    PROVIDER.publish(change);
    PROVIDER.misbehave(Fault.TOKEN_ENDPOINT_500);
    long before = configurations();
    Await.until(
        Duration.ofSeconds(30),
        () -> {
          Console console = new Console(NODE.base());
          URI back = console.get("/admin/oidc").location();
          boolean fetched = configurations() > before;
          if (!fetched) {
            endWithAnyCode(console, back);
          }
          return fetched;
        },
        () -> "the node does not fetch the configuration");
    behaveAsPublished();
  }

  /** Ends the sign-in with a code that the provider did not issue. */
  static String endWithAnyCode(Console console, URI authorization) {
    String state = authorization.getQuery().replaceFirst(".*state=([^&]*).*", "$1");
    return end(
        console,
        URI.create(
            "/admin/callback?code=%s&iss=%s&state=%s"
                .formatted(Customer.unique(), PROVIDER.issuer(), state)));
  }

  static long configurations() {
    return PROVIDER.requests().stream().filter(CONFIGURATION::equals).count();
  }

  /** Signs in at the provider, from a page of the console. Returns where it redirects to. */
  static URI signedInAtProvider(Console console, String path, String username) throws IOException {
    URI begin = console.get(path).location();
    return PROVIDER.signIn(console.get(begin.toString()).location(), username);
  }

  /** The page to which the console leads after the provider's redirect. */
  static String end(Console console, URI back) {
    return console.get(back.toString()).location().toString().replace(NODE.base().toString(), "");
  }

  /** A signed-in browser of that person. */
  static Console signedIn(String username) throws IOException {
    Console console = new Console(NODE.base());
    String end = end(console, signedInAtProvider(console, "/admin/overview", username));
    if (!end.equals("/admin/overview")) {
      throw new AssertionError(end);
    }
    return console;
  }
}
