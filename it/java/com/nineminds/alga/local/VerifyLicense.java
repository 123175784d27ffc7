package com.nineminds.alga.local;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies a license as an appliance does, with only a JDK: {@code java VerifyLicense.java
 * ANSWER.json JWKS_URL}. The file is an answer of {@code POST /register} or {@code POST /check-in}.
 */
public final class VerifyLicense {

  private VerifyLicense() {}

  /** Prints the claims of the license. The exit code is 1 if the license does not verify. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, GeneralSecurityException {
    String answer = Files.readString(Path.of(arguments[0]));
    String[] jwt = find("\"(?:first_jwt|jwt)\" *: *\"([^\"]+)\"", answer).split("\\.", 3);
    String kid = find("\"kid\":\"([^\"]+)\"", text(jwt[0]));
    String keys =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(arguments[1])).build(), BodyHandlers.ofString())
            .body();
    String key = find("(\\{[^{}]*\"kid\" *: *\"" + Pattern.quote(kid) + "\"[^{}]*})", keys);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(publicKey(key));
    signature.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
    if (!signature.verify(Base64.getUrlDecoder().decode(jwt[2]))) {
      System.err.println("The license does NOT verify against key " + kid);
      System.exit(1);
    }
    System.out.println("The license verifies against key " + kid + " and says: " + text(jwt[1]));
  }

  private static PublicKey publicKey(String jwk) throws GeneralSecurityException {
    AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
    p256.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point =
        new ECPoint(
            number(find("\"x\" *: *\"([^\"]+)\"", jwk)),
            number(find("\"y\" *: *\"([^\"]+)\"", jwk)));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, p256.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(String base64url) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64url));
  }

  private static String text(String base64url) {
    return new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no license or key found by " + pattern);
    }
    return matcher.group(1);
  }
}
