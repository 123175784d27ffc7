package com.nineminds.alga.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presigned links are compared with signatures that other code computes. */
@SuppressWarnings("UnnecessaryAssignment") // no container injects the fields here
class DownloadLinksTest {

  private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
  private static final String DATE = "20130524T000000Z";
  private static final SigV4 SIGNER = new SigV4("access", "secret", "us-east-1");

  /** The example that Amazon publishes. */
  @Test
  void computationAgreesWithAmazonsExample() {
    SigV4 signer =
        new SigV4(
            "AKIA" + "IOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
            "us-east-1");
    assertThat(signer.query("examplebucket.s3.amazonaws.com", "/test.txt", DATE, 86_400))
        .endsWith(
            "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835"
                + "f995330da4c265957d157751f604d404");
  }

  @Test
  void linkIsSignedAsTheComputationSays() {
    assertLink(
        links("https://store.example", "x/alga.iso").until(NOW.plusSeconds(3_600)),
        "https://store.example",
        "/releases/x/alga.iso",
        3_600);
  }

  /** A link never repeats a link of another second, or of another lifetime. */
  @Test
  void linkIsOfItsOwnSecondAndLife() {
    DownloadLinks links = links("https://store.example", "x/alga.iso");
    for (int seconds : new int[] {3_600, 3_600, 60, 3_600}) {
      assertLink(
          links.until(NOW.plusSeconds(seconds)),
          "https://store.example",
          "/releases/x/alga.iso",
          seconds);
    }
    links.clock = Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC);
    assertThat(links.until(NOW.plusSeconds(3_601)))
        .contains("X-Amz-Date=20130524T000001Z", "X-Amz-Expires=3600")
        .isNotEqualTo(links("https://store.example", "x/alga.iso").until(NOW.plusSeconds(3_600)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://store.example, http://store.example",
    "http://store.example:80, http://store.example",
    "https://store.example:443, https://store.example",
    "http://store.example:443, http://store.example:443",
    "http://localhost:9000, http://localhost:9000",
    "http://192.0.2.1:9000, http://192.0.2.1:9000",
    "http://[::1]:9000, http://[::1]:9000",
    "http://[2001:db8::1], http://[2001:db8::1]",
    "https://[2001:DB8:0:0:0:0:0:1]:443, https://[2001:db8::1]",
    "http://minio_server:9000, http://minio_server:9000",
    "http://MinIO:9000, http://minio:9000"
  })
  void portIsSignedExceptWhereItIsTheDefault(String endpoint, String shown) {
    assertLink(
        links(endpoint, "alga.iso").until(NOW.plusSeconds(60)), shown, "/releases/alga.iso", 60);
  }

  @ParameterizedTest
  @CsvSource({
    "a b.iso, a%20b.iso",
    "a+b.iso, a%2Bb.iso",
    "a*(1)!'.iso, a%2A%281%29%21%27.iso",
    "~a_b-c.iso, ~a_b-c.iso",
    "\u00fc/\u20ac.iso, %C3%BC/%E2%82%AC.iso",
    "a%20b.iso, a%2520b.iso",
    "a?b=c&d#e.iso, a%3Fb%3Dc%26d%23e.iso",
    "a:b@c;d.iso, a%3Ab%40c%3Bd.iso"
  })
  void keyIsEncodedOnceAndAsItIsSigned(String key, String encoded) {
    assertLink(
        links("https://store.example", key).until(NOW.plusSeconds(60)),
        "https://store.example",
        "/releases/" + encoded,
        60);
  }

  @ParameterizedTest
  @CsvSource({
    "https://s3.example, https://releases.s3.example",
    "http://s3.example:9000, http://releases.s3.example:9000",
    "https://s3.example:443, https://releases.s3.example",
    "http://minio_server:9000, http://releases.minio_server:9000"
  })
  void bucketCanBeAPartOfTheHost(String endpoint, String shown) {
    DownloadLinks links = links(endpoint, "a b.iso", false);
    assertLink(links.until(NOW.plusSeconds(60)), shown, "/a%20b.iso", 60);
  }

  @Test
  void pathOfTheEndpointIsKept() {
    assertLink(
        links("https://store.example/s3", "alga.iso").until(NOW.plusSeconds(60)),
        "https://store.example",
        "/s3/releases/alga.iso",
        60);
  }

  @Test
  void linkLivesAsLongAsTheCodeButNeverOverSevenDays() {
    DownloadLinks links = links("https://store.example", "alga.iso");
    assertThat(seconds(links.until(NOW.plusSeconds(1)))).isEqualTo(1);
    assertThat(seconds(links.until(NOW.plusSeconds(604_799)))).isEqualTo(604_799);
    assertThat(seconds(links.until(NOW.plusSeconds(604_800)))).isEqualTo(604_800);
    assertThat(seconds(links.until(NOW.plusSeconds(604_801)))).isEqualTo(604_800);
    assertThat(seconds(links.until(NOW.plus(Duration.ofDays(30))))).isEqualTo(604_800);
  }

  @Test
  void partOfASecondIsNotLost() {
    DownloadLinks links = links("https://store.example", "alga.iso");
    assertThat(seconds(links.until(NOW.plusSeconds(60).minusMillis(5)))).isEqualTo(60);
  }

  @Test
  void linkOfACodeThatJustExpiredIsStillValidSigV4() {
    DownloadLinks links = links("https://store.example", "alga.iso");
    assertThat(seconds(links.until(NOW.minusSeconds(60)))).isEqualTo(1);
  }

  @Test
  void noStoreMeansNoLink() {
    DownloadLinks links = new DownloadLinks();
    links.settings = new ObjectStoreSettings(false, null, null, null, null, null, true, null);
    links.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    links.start();
    assertThat(links.until(NOW.plusSeconds(60))).isEmpty();
  }

  private static void assertLink(String link, String endpoint, String path, long seconds) {
    URI uri = URI.create(link);
    assertThat(uri.getRawPath()).isEqualTo(path);
    String host = uri.getRawAuthority();
    assertThat(link).isEqualTo(endpoint + path + "?" + SIGNER.query(host, path, DATE, seconds));
  }

  private static long seconds(String link) {
    return Long.parseLong(link.replaceFirst(".*[?&]X-Amz-Expires=([0-9]+)(&.*)?", "$1"));
  }

  private static DownloadLinks links(String endpoint, String key) {
    return links(endpoint, key, true);
  }

  private static DownloadLinks links(String endpoint, String key, boolean isPathStyle) {
    DownloadLinks links = new DownloadLinks();
    links.settings =
        new ObjectStoreSettings(
            true, endpoint, "us-east-1", "releases", "access", "secret", isPathStyle, key);
    links.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    links.start();
    return links;
  }
}
