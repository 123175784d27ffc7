package com.nineminds.alga.harness;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published document, {@code META-INF/openapi.yaml}. Every answer must conform to it. */
public final class OpenApiDocument {

  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch");

  private static final String ID = "urn:alga:openapi";
  private static final JsonNode ROOT = read();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemas(Map.of(ID, ROOT.toString())));

  private OpenApiDocument() {}

  /** The document itself. */
  public static JsonNode root() {
    return ROOT;
  }

  /** Every route of the document, as {@code GET /tenants/{tenant_id}}. */
  public static Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : ROOT.get("paths").properties()) {
      for (String member : path.getValue().propertyNames()) {
        if (METHODS.contains(member)) {
          routes.add(member.toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return routes;
  }

  /** The route of a request, in the form of {@link #routes}. */
  public static String route(String method, String pathAndQuery) {
    return method + " " + pathOf(pathAndQuery.replaceFirst("\\?.*", "")).orElseThrow();
  }

  /**
   * Fails unless the document has this route and this status, its required headers are there, and
   * the body conforms to the schema. A path that the document does not describe may only have the
   * answer 404, or 405 for an unknown method.
   */
  public static void check(String method, String pathAndQuery, Answer answer) {
    String where = method + " " + pathAndQuery + " " + answer;
    Optional<String> path = pathOf(pathAndQuery.replaceFirst("\\?.*", ""));
    JsonNode operation =
        path.map(found -> ROOT.at(pointer("paths", found, method.toLowerCase(Locale.ROOT))))
            .orElse(ROOT.at("/none"));
    if (operation.isMissingNode()) {
      if (answer.status() == 404 || answer.status() == 405) {
        return;
      }
      throw new AssertionError("not in the document: " + where);
    }
    String pointer =
        pointer(
            "paths",
            path.orElseThrow(),
            method.toLowerCase(Locale.ROOT),
            "responses",
            Integer.toString(answer.status()));
    JsonNode response = ROOT.at(pointer);
    if (response.isMissingNode()) {
      throw new AssertionError("no such status in the document: " + where);
    }
    if (response.has("$ref")) {
      pointer = response.get("$ref").asString().substring(1);
      response = ROOT.at(pointer);
    }
    checkHeaders(response, answer, where);
    checkBody(pointer, response, answer, where);
  }

  private static void checkHeaders(JsonNode response, Answer answer, String where) {
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      JsonNode described = header.getValue();
      if (described.has("$ref")) {
        described = ROOT.at(described.get("$ref").asString().substring(1));
      }
      if (described.path("required").asBoolean(false) && answer.header(header.getKey()).isEmpty()) {
        throw new AssertionError("no header " + header.getKey() + ": " + where);
      }
    }
  }

  private static void checkBody(String pointer, JsonNode response, Answer answer, String where) {
    String given = answer.header("Content-Type").orElse("").replaceFirst(";.*", "");
    JsonNode content = response.path("content");
    if (!content.has(given)) {
      throw new AssertionError(
          "media type " + given + ", not " + new TreeSet<>(content.propertyNames()) + ": " + where);
    }
    String schema = pointer + pointer("content", given, "schema");
    List<Error> errors =
        SCHEMAS
            .getSchema(SchemaLocation.of(ID + "#" + schema))
            .validate(answer.body(), InputFormat.JSON);
    if (!errors.isEmpty()) {
      throw new AssertionError(errors + ": " + where);
    }
  }

  /** The path of the document that fits the path of a request. */
  private static Optional<String> pathOf(String path) {
    return ROOT.get("paths").propertyNames().stream()
        .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
        .findFirst();
  }

  private static String pointer(String... names) {
    StringBuilder pointer = new StringBuilder();
    for (String name : names) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  private static JsonNode read() {
    try (InputStream yaml = OpenApiDocument.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
