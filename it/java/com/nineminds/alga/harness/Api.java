package com.nineminds.alga.harness;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * A client of the wire contract, like the storefront and the appliances. It checks every answer
 * against the OpenAPI document.
 */
public final class Api {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI base;

  public Api(URI base) {
    this.base = base;
  }

  public URI base() {
    return base;
  }

  /** Builds a JSON object of names and values in turn. A null value becomes JSON null. */
  public static JsonObject object(Object... namesAndValues) {
    JsonObjectBuilder builder = Json.createObjectBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      Object value = namesAndValues[i + 1];
      if (value == null) {
        builder.addNull(name);
      } else {
        builder.add(name, json(value));
      }
    }
    return builder.build();
  }

  private static JsonValue json(Object value) {
    if (value instanceof JsonValue json) {
      return json;
    }
    if (value instanceof Boolean truth) {
      return truth ? JsonValue.TRUE : JsonValue.FALSE;
    }
    return value instanceof Number number
        ? Json.createValue(number)
        : Json.createValue((String) value);
  }

  /** Sends a POST as an appliance, without the secret. Names and values in turn. */
  public Answer appliance(String path, Object... body) {
    return send("POST", path, object(body).toString(), Map.of());
  }

  /** Sends a POST as the storefront, with the secret. Names and values in turn. */
  public Answer service(String path, Object... body) {
    return send("POST", path, object(body).toString(), authorized());
  }

  /** Sends a GET with the service secret. */
  public Answer get(String path) {
    return send("GET", path, null, authorized());
  }

  /** The header with the service secret of the storefront. */
  public static Map<String, String> authorized() {
    return Map.of("Authorization", "Bearer " + Stage.SERVICE_SECRET);
  }

  /** Sends any request. {@code body} may be null. {@code headers} may set another media type. */
  public Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      Answer answer = new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
      OpenApiDocument.check(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
