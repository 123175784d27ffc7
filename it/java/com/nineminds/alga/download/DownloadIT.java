package com.nineminds.alga.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code download_url} is a presigned GET of the current ISO. A real S3 store checks it. */
class DownloadIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Api api = Stage.api();

  @Test
  void registrationsLinkFetchesTheIso() {
    assertFetchesTheIso(register(api).text("download_url"));
  }

  @Test
  void repeatsLinkFetchesTheIso() {
    Customer customer = Customer.pro(api);
    Answer repeat =
        api.service(
            "/register-tenant",
            "company_name",
            "Repeat",
            "contact_email",
            customer.email(),
            "edition",
            "pro",
            "stripe_sub_id",
            customer.stripeSubId());
    assertThat(repeat.status()).isEqualTo(200);
    assertFetchesTheIso(repeat.text("download_url"));
  }

  @Test
  void reissuesLinkFetchesTheIso() {
    assertFetchesTheIso(reissue(api, Customer.pro(api).tenantId()).text("download_url"));
  }

  @Test
  void linkNamesTheStoreTheBucketAndTheIso() {
    URI link = URI.create(register(api).text("download_url"));
    assertThat(link.toString()).startsWith(Stage.objectStore().endpoint().toString() + "/");
    assertThat(link.getPath())
        .isEqualTo("/" + Stage.BUCKET + "/appliance/current/alga-appliance.iso");
    assertThat(link.getQuery())
        .contains("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-SignedHeaders=host")
        .contains("/us-east-1/s3/aws4_request")
        .doesNotContain(Stage.SECRET_KEY);
  }

  @Test
  void linkLivesSevenDaysWhereTheCodeLivesLonger() {
    assertThat(expires(register(api))).isEqualTo(604_800);
  }

  @Test
  void linkOfARepeatLivesNoLongerThanItsCode() {
    Customer customer = Customer.pro(api);
    Stage.sql()
        .update(
            "UPDATE claim_codes SET expires_at = now() + interval '1 hour' WHERE tenant_id = ?",
            UUID.fromString(customer.tenantId()));
    Answer repeat =
        api.service(
            "/register-tenant",
            "company_name",
            "Repeat",
            "contact_email",
            customer.email(),
            "edition",
            "pro",
            "stripe_sub_id",
            customer.stripeSubId());
    assertThat(expires(repeat)).isBetween(3_540L, 3_600L);
  }

  @Test
  void tamperedSignatureIsRefused() {
    String link = register(api).text("download_url");
    String signature = link.replaceFirst(".*X-Amz-Signature=([0-9a-f]{64}).*", "$1");
    char other = signature.endsWith("0") ? '1' : '0';
    assertThat(status("GET", link.replace(signature, signature.substring(0, 63) + other)))
        .isEqualTo(403);
  }

  @Test
  void tamperedExpiryIsRefused() {
    String link = register(api).text("download_url");
    assertThat(link).contains("X-Amz-Expires=604800");
    assertThat(status("GET", link.replace("X-Amz-Expires=604800", "X-Amz-Expires=604799")))
        .isEqualTo(403);
  }

  @Test
  void anotherKeyIsRefused() {
    String link = register(api).text("download_url");
    assertThat(status("GET", link.replace("alga-appliance.iso", "another.iso"))).isEqualTo(403);
    assertThat(status("GET", link.replace("/appliance/current/alga-appliance.iso", "")))
        .isEqualTo(403);
  }

  @Test
  void anotherMethodIsRefused() {
    String link = register(api).text("download_url");
    assertThat(status("PUT", link)).isEqualTo(403);
    assertThat(status("DELETE", link)).isEqualTo(403);
    assertFetchesTheIso(link);
  }

  @Test
  void linkEndsWithAShortLivedCode() {
    Map<String, String> settings = Stage.settings(Stage.sql().database());
    settings.put("CLAIM_CODE_TTL_SECONDS", "2");
    try (Node shortLived = Node.start("short-lived", settings)) {
      Api shortApi = new Api(shortLived.base());
      AtomicReference<Answer> last = new AtomicReference<>();
      // on a busy machine, two seconds may pass before the download begins
      Await.until(
          Duration.ofMinutes(2),
          () -> {
            last.set(register(shortApi));
            return status("GET", last.get().text("download_url")) == 200;
          },
          () -> "the store never accepts " + last.get());
      Answer registered = last.get();
      assertThat(expires(registered)).isEqualTo(2);
      Await.until(
          Duration.ofSeconds(10),
          () -> Instant.now().getEpochSecond() > registered.number("expires_at"),
          () -> "it does not expire soon: " + registered);
      assertThat(status("GET", registered.text("download_url"))).isEqualTo(403);
      assertThat(redeem(registered)).isEqualTo("410 expired_claim_code");
    }
  }

  @Test
  void withoutObjectStoreThereIsNoLink() {
    Api storeless = new Api(Stage.variedNode().base());
    Answer registered = register(storeless);
    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.text("download_url")).isEmpty();
    assertThat(registered.text("install_code")).hasSize(8);
    Answer reissued = reissue(storeless, registered.text("tenant_id"));
    assertThat(reissued.status()).isEqualTo(200);
    assertThat(reissued.text("download_url")).isEmpty();
  }

  private void assertFetchesTheIso(String link) {
    HttpResponse<byte[]> response = fetch("GET", link);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(Stage.objectStore().demoIso());
  }

  private static Answer register(Api with) {
    return with.service(
        "/register-tenant",
        "company_name",
        "Download " + Customer.unique(),
        "contact_email",
        "download@it.test",
        "edition",
        "essentials");
  }

  private static Answer reissue(Api with, String tenantId) {
    return with.service("/install-codes/reissue", "tenant_id", tenantId);
  }

  private String redeem(Answer registered) {
    return api.appliance(
            "/register", "claim_code", registered.text("install_code"), "appliance_id", "box")
        .outcome();
  }

  private static long expires(Answer answer) {
    return Long.parseLong(
        answer.text("download_url").replaceFirst(".*X-Amz-Expires=([0-9]+).*", "$1"));
  }

  private static int status(String method, String link) {
    return fetch(method, link).statusCode();
  }

  private static HttpResponse<byte[]> fetch(String method, String link) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(link))
              .method(method, BodyPublishers.noBody())
              .timeout(Duration.ofSeconds(30))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
