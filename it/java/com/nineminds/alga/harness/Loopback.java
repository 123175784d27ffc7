package com.nineminds.alga.harness;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls the routes of the server that runs the test, like the storefront and the appliances. */
public final class Loopback {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Loopback() {}

  /** Registers a new free tenant. */
  public static Customer essentials() {
    String unique = Customer.unique();
    String email = unique + "@free.test";
    return Customer.of(
        post(
            "/register-tenant",
            "company_name",
            "Free " + unique,
            "contact_email",
            email,
            "edition",
            "essentials"),
        email,
        null);
  }

  /** Registers a new paid tenant. */
  public static Customer pro() {
    String unique = Customer.unique();
    String email = unique + "@pro.test";
    String sub = "sub_" + unique;
    return Customer.of(
        post(
            "/register-tenant",
            "company_name",
            "Pro " + unique,
            "contact_email",
            email,
            "edition",
            "pro",
            "stripe_sub_id",
            sub),
        email,
        sub);
  }

  /** Redeems a code on a machine of that name. */
  public static Answer redeem(String code, String applianceId) {
    return post("/register", "claim_code", code, "appliance_id", applianceId);
  }

  /** Checks in, as an appliance does daily. */
  public static Answer checkIn(String credential) {
    return post("/check-in", "appliance_credential", credential);
  }

  /** Sends a POST with the service secret. The body has names and values in turn. */
  public static Answer post(String path, String... body) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    for (int i = 0; i < body.length; i += 2) {
      json.add(body[i], body[i + 1]);
    }
    // Arquillian deploys the application under the name of the archive
    String server = "http://localhost:" + System.getenv("HTTP_PORT") + "/alga-license";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + System.getenv("ALGA_LICENSE_SERVICE_SECRET"))
            .POST(BodyPublishers.ofString(json.build().toString()))
            .build();
    try {
      return new Answer(HTTP.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
