package com.nineminds.alga.license;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.Base64;

/** Reads a license without verification. */
record LicenseText(String jwt) {

  JsonObject header() {
    return decode(jwt.substring(0, jwt.indexOf('.')));
  }

  JsonObject claims() {
    return decode(jwt.substring(jwt.indexOf('.') + 1, jwt.lastIndexOf('.')));
  }

  private static JsonObject decode(String part) {
    try (JsonReader reader =
        Json.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(part)))) {
      return reader.readObject();
    }
  }
}
