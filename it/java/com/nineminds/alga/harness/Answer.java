package com.nineminds.alga.harness;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Optional;

/** An answer of the service. */
public record Answer(HttpResponse<String> response) {

  public int status() {
    return response.statusCode();
  }

  public String body() {
    return response.body();
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The body as a JSON object. */
  public JsonObject json() {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  /** A member that is a string. */
  public String text(String member) {
    return json().getString(member);
  }

  /** A member that is a whole number. */
  public long number(String member) {
    return json().getJsonNumber(member).longValueExact();
  }

  /** A member that is an object. */
  public JsonObject object(String member) {
    return json().getJsonObject(member);
  }

  /** Whether the member is there and not null. */
  public boolean has(String member) {
    return json().containsKey(member) && json().get(member) != JsonValue.NULL;
  }

  /** {@code 409 consumed_claim_code}, or just {@code 200}, as in a row of a table. */
  public String outcome() {
    return status() < 400 ? Integer.toString(status()) : status() + " " + text("code");
  }

  @Override
  public String toString() {
    return status() + " " + body();
  }
}
