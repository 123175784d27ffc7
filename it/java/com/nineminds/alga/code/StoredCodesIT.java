package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A stolen database redeems nothing, because no row has a code or a credential. */
class StoredCodesIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void noRowOfAnyTableHasACode() throws Exception {
    Customer customer = Customer.pro(api);
    String minted =
        api.service("/claim-codes", "stripe_sub_id", customer.stripeSubId()).text("code");
    String reissued =
        api.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    api.appliance("/register", "claim_code", reissued, "appliance_id", "box");
    String rows = allRows();
    for (String code : List.of(customer.code(), minted, reissued)) {
      byte[] ascii = code.getBytes(StandardCharsets.US_ASCII);
      assertThat(rows)
          .doesNotContainIgnoringCase(code)
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(ascii))
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(ascii))
          .doesNotContain(HexFormat.of().formatHex(sha256(ascii)));
    }
    assertThat(rows).contains(HexFormat.of().formatHex(hmac(reissued)));
  }

  @Test
  void noRowOfAnyTableHasACredential() throws Exception {
    Customer customer = Customer.pro(api);
    Answer first = customer.redeem(api, "box");
    Answer again = customer.redeem(api, "box");
    String rows = allRows();
    for (Answer redeemed : List.of(first, again)) {
      String credential = redeemed.text("appliance_credential");
      byte[] ascii = credential.getBytes(StandardCharsets.US_ASCII);
      assertThat(rows)
          .doesNotContainIgnoringCase(credential)
          .doesNotContain(HexFormat.of().formatHex(ascii))
          .doesNotContain(
              Base64.getEncoder()
                  .withoutPadding()
                  .encodeToString(HexFormat.of().parseHex(credential)));
    }
    String credential = again.text("appliance_credential");
    String ofText =
        HexFormat.of().formatHex(sha256(credential.getBytes(StandardCharsets.US_ASCII)));
    String ofBytes = HexFormat.of().formatHex(sha256(HexFormat.of().parseHex(credential)));
    assertThat(rows.contains(ofText) || rows.contains(ofBytes)).isTrue();
  }

  @Test
  void lastFourCharactersAreKeptForDisplay() {
    Customer customer = Customer.pro(api);
    assertThat(
            sql.one(
                String.class,
                "SELECT code_last4 FROM claim_codes WHERE tenant_id = ?",
                UUID.fromString(customer.tenantId())))
        .isEqualTo(customer.code().substring(4));
  }

  @Test
  void refusedCodesAreNotStoredEither() throws Exception {
    Customer customer = Customer.pro(api);
    String other = customer.code().startsWith("2") ? "3" : "2";
    String wrong = other + customer.code().substring(1);
    assertThat(api.appliance("/register", "claim_code", wrong, "appliance_id", "box").outcome())
        .isEqualTo("404 invalid_claim_code");
    assertThat(allRows())
        .doesNotContainIgnoringCase(wrong)
        .as("half of its hash")
        .doesNotContain(HexFormat.of().formatHex(hmac(wrong), 0, 16));
  }

  @Test
  void serviceLogHasNoCodeAndNoCredential() {
    Customer customer = Customer.pro(api);
    String credential = customer.redeem(api, "box").text("appliance_credential");
    api.appliance("/check-in", "appliance_credential", credential);
    String log = Stage.node().console();
    assertThat(log).contains("POST \\/check-in");
    assertThat(log)
        .doesNotContain(customer.code())
        .doesNotContain(credential)
        .doesNotContain(Stage.SERVICE_SECRET);
  }

  /** All rows of all tables, as PostgreSQL writes them. */
  private String allRows() {
    StringBuilder rows = new StringBuilder();
    for (String table :
        sql.all(String.class, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      List<String> found = sql.all(String.class, "SELECT t::text FROM \"%s\" t".formatted(table));
      found.forEach(row -> rows.append(row).append('\n'));
    }
    assertThat(rows).isNotEmpty();
    return rows.toString();
  }

  private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  /** The stored form of a code, as the contract defines it. */
  private static byte[] hmac(String code) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(Stage.CLAIM_CODE_KEY), "HmacSHA256"));
    return mac.doFinal(code.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
  }
}
