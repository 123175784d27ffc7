package com.nineminds.alga.download;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the signature of a presigned GET from Amazon's description ("Authenticating Requests:
 * Using Query Parameters (AWS Signature Version 4)"), without the library of the product.
 */
record SigV4(String accessKey, String secretKey, String region) {

  /** The whole query string with its signature. {@code path} must be encoded. */
  String query(String host, String path, String amzDate, long seconds) {
    String scope = amzDate.substring(0, 8) + "/" + region + "/s3/aws4_request";
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + ("&X-Amz-Credential=" + (accessKey + "/" + scope).replace("/", "%2F"))
            + ("&X-Amz-Date=" + amzDate)
            + ("&X-Amz-Expires=" + seconds)
            + "&X-Amz-SignedHeaders=host";
    String request =
        String.join("\n", "GET", path, query, "host:" + host, "", "host", "UNSIGNED-PAYLOAD");
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", amzDate, scope, hex(sha256(request)));
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {amzDate.substring(0, 8), region, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return query + "&X-Amz-Signature=" + hex(hmac(key, toSign));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
