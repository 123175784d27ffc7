package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The requests to the OpenID provider. Every answer of it, metadata and keys included, has the
 * limits that stand here.
 */
final class ProviderHttp {

  private static final int CONNECT_MILLIS = 5_000;

  /** A provider that starts up, or wakes up its keys, can take 5 s for one answer. */
  private static final int ANSWER_MILLIS = 8_000;

  private static final int LONGEST_ANSWER = 1024 * 1024;

  private ProviderHttp() {}

  /** Sends the request. Throws IOException if the answer is too long or takes too long. */
  static HTTPResponse send(HTTPRequest request) throws IOException {
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(ANSWER_MILLIS);
    // a redirect would take the code, the client secret or the access token to another address
    request.setFollowRedirects(isWithoutSecret(request));
    HttpURLConnection connection = request.toHttpURLConnection();
    try {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
      HTTPResponse answer = new HTTPResponse(connection.getResponseCode());
      InputStream in =
          answer.indicatesSuccess() ? connection.getInputStream() : connection.getErrorStream();
      if (in != null) {
        answer.setBody(limited(in, end));
      }
      copy("Content-Type", connection, answer);
      copy("WWW-Authenticate", connection, answer);
      return answer;
    } finally {
      connection.disconnect();
    }
  }

  /** Fetches keys, as a retriever of the library that checks signatures. */
  static Resource keys(URL address) throws IOException {
    HTTPResponse answer = send(new HTTPRequest(HTTPRequest.Method.GET, address));
    if (answer.getStatusCode() != 200) {
      throw new IOException("the keys at " + address + ": status " + answer.getStatusCode());
    }
    return new Resource(answer.getBody(), answer.getHeaderValue("Content-Type"));
  }

  private static boolean isWithoutSecret(HTTPRequest request) {
    return request.getMethod() == HTTPRequest.Method.GET && request.getAuthorization() == null;
  }

  private static void copy(String header, HttpURLConnection from, HTTPResponse to) {
    String value = from.getHeaderField(header);
    if (value != null) {
      to.setHeader(header, value);
    }
  }

  /** An endless answer could otherwise take all memory, or keep the thread. */
  private static String limited(InputStream in, long end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] some = new byte[8 * 1024];
    for (int count = in.read(some); count >= 0; count = in.read(some)) {
      bytes.write(some, 0, count);
      if (bytes.size() > LONGEST_ANSWER || System.nanoTime() > end) {
        throw new IOException("the answer is too long, or takes too long");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
