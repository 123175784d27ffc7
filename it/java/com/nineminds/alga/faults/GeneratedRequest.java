package com.nineminds.alga.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.OpenApiDocument;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A request to a route of the document. It is valid, nearly valid, or nonsense.
 *
 * @param body text with one byte in each character; null for none
 */
record GeneratedRequest(String method, String path, Map<String, String> headers, String body) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Authorization",
          "Cache-Control",
          "Content-Encoding",
          "Content-Language",
          "Content-Type",
          "Cookie",
          "Forwarded",
          "Idempotency-Key",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "Origin",
          "Prefer",
          "Range",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-HTTP-Method-Override",
          "X-Request-Id");

  private record Operation(String method, String path, JsonNode described) {}

  private static final List<Operation> OPERATIONS = operations();

  /** Makes a random request. It may use values from earlier answers. */
  static GeneratedRequest of(Random random, Seen seen) {
    Operation operation = Odd.one(random, OPERATIONS);
    Map<String, String> headers = new LinkedHashMap<>(Api.authorized());
    JsonNode schema =
        resolved(operation.described().at("/requestBody/content/application~1json/schema"));
    String body = null;
    if (!schema.isMissingNode()) {
      headers.put("Content-Type", "application/json");
      body = latin1(body(random, members(random, schema, seen)));
    } else if (random.nextInt(20) == 0) {
      body = latin1(Odd.one(random, Odd.JSON).getBytes(UTF_8));
    }
    for (int i = random.nextInt(8) - 5; i > 0; i--) {
      headers.put(Odd.one(random, HEADERS), Odd.one(random, Odd.HEADER));
    }
    if (random.nextInt(30) == 0) {
      headers.remove("Authorization");
    }
    return new GeneratedRequest(operation.method(), path(random, operation, seen), headers, body);
  }

  HttpRequest to(URI base) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, ISO_8859_1));
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public String toString() {
    return method + " " + path + " " + headers + " " + (body == null ? "" : body);
  }

  private static String path(Random random, Operation operation, Seen seen) {
    String id =
        random.nextInt(3) == 0 ? Odd.one(random, Odd.SEGMENT) : seen.one(random, "tenant_id");
    String path = operation.path().replace("{tenant_id}", id);
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.described().path("parameters")) {
      if (parameter.path("in").asString("").equals("query") && random.nextInt(3) == 0) {
        JsonNode schema = resolved(parameter.get("schema"));
        String value =
            random.nextBoolean()
                ? Odd.one(random, Odd.SEGMENT)
                : unquoted(valid(random, parameter.get("name").asString(), schema, seen));
        query.add(parameter.get("name").asString() + "=" + value);
      }
    }
    if (random.nextInt(10) == 0) {
      query.add(Odd.one(random, Odd.SEGMENT) + "=" + Odd.one(random, Odd.SEGMENT) + "&&=&a");
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String unquoted(String json) {
    return json.replaceAll("[^A-Za-z0-9._~-]", "");
  }

  /** Members and their JSON. All are valid, or one of them is odd, which is twice as likely. */
  private static Map<String, String> members(Random random, JsonNode schema, Seen seen) {
    Map<String, String> members = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    List<String> names = new ArrayList<>(schema.path("properties").propertyNames());
    for (String name : names) {
      if (required.contains(name) || random.nextInt(3) == 0) {
        members.put(name, valid(random, name, resolved(schema.at("/properties/" + name)), seen));
      }
    }
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> members.put(Odd.one(random, names), Odd.one(random, Odd.JSON));
      case 3 -> members.remove(Odd.one(random, names));
      default -> {
        if (random.nextInt(5) == 0) {
          members.put("unknown", Odd.one(random, Odd.JSON));
        }
      }
    }
    return members;
  }

  private static String valid(Random random, String name, JsonNode schema, Seen seen) {
    if (schema.has("anyOf")) {
      return valid(random, name, resolved(schema.get("anyOf").get(0)), seen);
    }
    if (schema.has("enum")) {
      JsonNode words = schema.get("enum");
      return "\"" + words.get(random.nextInt(words.size())).asString() + "\"";
    }
    if (schema.path("type").toString().contains("integer")) {
      return Integer.toString(1 + random.nextInt(200));
    }
    return "\"" + seen.one(random, name) + "\"";
  }

  private static byte[] body(Random random, Map<String, String> members) {
    String json =
        members.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    byte[] bytes = json.getBytes(UTF_8);
    return switch (random.nextInt(25)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> {
        random.nextBytes(bytes);
        yield bytes;
      }
      case 3 -> json.getBytes(StandardCharsets.UTF_16);
      case 4 -> (json + Odd.one(random, Odd.JSON)).getBytes(UTF_8);
      case 5 -> Odd.one(random, Odd.JSON).getBytes(UTF_8);
      case 6 -> json.replaceFirst("\\{", "{\"edition\":1,\"tenant_id\":[],").getBytes(UTF_8);
      case 7 -> ("\ufeff" + json).getBytes(UTF_8);
      default -> bytes;
    };
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static JsonNode resolved(JsonNode schema) {
    return schema.has("$ref")
        ? OpenApiDocument.root().at(schema.get("$ref").asString().substring(1))
        : schema;
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : OpenApiDocument.root().get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operations.add(
            new Operation(
                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                path.getKey(),
                operation.getValue()));
      }
    }
    return operations;
  }
}
