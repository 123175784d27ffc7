package com.nineminds.alga.download;

import io.minio.Signer;
import io.minio.errors.MinioException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Presigns download links for the current ISO (AWS Signature Version 4). It only calculates, and
 * asks no store.
 */
@ApplicationScoped
public class DownloadLinks {

  /** The longest life that SigV4 allows. */
  private static final Duration MOST = Duration.ofDays(7);

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Inject ObjectStoreSettings settings;
  @Inject Clock clock;

  private HttpUrl iso;

  private record Link(String date, int seconds, String url) {

    /** Does not show the link, because its signature gives access. */
    @Override
    public String toString() {
      return "Link[date=" + date + ", seconds=" + seconds + "]";
    }
  }

  private volatile Link last;

  @PostConstruct
  void start() {
    if (settings.on()) {
      HttpUrl store = HttpUrl.get(settings.endpoint());
      String bucketPath = settings.isPathStyle() ? settings.bucket() + "/" : "";
      String bucketHost = settings.isPathStyle() ? "" : settings.bucket() + ".";
      iso =
          store
              .newBuilder()
              .host(bucketHost + store.host())
              .addEncodedPathSegments(encoded(bucketPath + settings.isoKey()))
              .build();
    }
  }

  /**
   * A link that lives as long as the code that it comes with, but at most seven days; the empty
   * string if no object store is configured.
   */
  public String until(Instant expiresAt) {
    if (iso == null) {
      return "";
    }
    Instant now = clock.instant();
    // rounded up to a second, so that a new code's link lives exactly as long as the code
    long life = Duration.between(now, expiresAt).plusMillis(999).toSeconds();
    long seconds = Math.max(1, Math.min(life, MOST.toSeconds()));
    return signed(AMZ_DATE.format(now), Math.toIntExact(seconds));
  }

  /** Within a second, codes with the same life have the same link, so the last link is kept. */
  private String signed(String date, int seconds) {
    Link link = last;
    if (link == null || !link.date.equals(date) || link.seconds != seconds) {
      link = new Link(date, seconds, sign(date, seconds));
      last = link;
    }
    return link.url;
  }

  private String sign(String date, int seconds) {
    Request request =
        new Request.Builder().url(iso).header("Host", host(iso)).header("x-amz-date", date).build();
    try {
      return Signer.presignV4(
              request, settings.region(), settings.accessKey(), settings.secretKey(), seconds)
          .toString();
    } catch (MinioException e) {
      throw new IllegalStateException("a download link could not be signed", e);
    }
  }

  /** The Host header of a client: an IPv6 address has brackets, and the usual port is left out. */
  private static String host(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return HttpUrl.defaultPort(url.scheme()) == url.port() ? host : host + ":" + url.port();
  }

  /**
   * When a link that comes with a code expires: with the code, or after the longest life of a link.
   */
  public Instant end(Instant codeExpiresAt) {
    Instant longest = clock.instant().plus(MOST);
    return codeExpiresAt.isBefore(longest) ? codeExpiresAt : longest;
  }

  /** Encodes a path for SigV4: everything except letters, digits, {@code -._~} and slashes. */
  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~")
        .replace("%2F", "/");
  }
}
