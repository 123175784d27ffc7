package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nineminds.alga.operator.OperatorSettings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidedIdentityTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'groups': ['staff', 'alga operators', 'ops']",
        "'groups': ['ops']",
        "'groups': 'ops'",
        "'groups': 'staff ops'",
        "'groups': ' ops '"
      })
  void theGroupGrantsAccess(String claims) throws ParseException {
    assertThat(identity(claims, "groups", "ops").granted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'x': 1",
        "'groups': null",
        "'groups': []",
        "'groups': ''",
        "'groups': ['staff']",
        "'groups': ['ops2', 'OPS', ' ops', 'ops ', 'staff ops']",
        "'groups': [['ops']]",
        "'groups': {'ops': true}",
        "'groups': {'groups': ['ops']}",
        "'groups': true",
        "'groups': 7",
        "'groups': 'ops2 devops ops-team OPS'",
        "'groups': 'staff,ops'",
        "'groups': 'staff\\tops'",
        "'Groups': ['ops']",
        "'other': ['ops']"
      })
  void nothingElseDoes(String claims) throws ParseException {
    assertThat(identity(claims, "groups", "ops").granted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "realm_access.roles | 'realm_access': {'roles': ['ops']} | true",
        "realm_access.roles | 'realm_access.roles': ['ops'] | true",
        "a.b.c | 'a': {'b': {'c': 'ops'}} | true",
        "a.b.c | 'a': {'b.c': 'ops'} | true",
        "https://alga.example/roles | 'https://alga.example/roles': ['ops'] | true",
        "realm_access.roles | 'realm_access': {'roles': ['staff']} | false",
        "realm_access.roles | 'realm_access': {} | false",
        "realm_access.roles | 'realm_access': 'roles' | false",
        "realm_access.roles | 'realm_access': ['roles', 'ops'] | false",
        "realm_access.roles | 'roles': ['ops'] | false",
        "realm_access.roles | 'realm_access': null | false",
        ".roles | 'roles': ['ops'] | false",
        "roles. | 'roles': {'x': 'ops'} | false"
      })
  void dotsLeadIntoObjects(String claim, String claims, boolean granted) throws ParseException {
    assertThat(identity(claims, claim, "ops").granted()).isEqualTo(granted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void anEmptyWordIsNoGroup(String group) throws ParseException {
    assertThat(identity("'groups': ['staff']", "groups", group).granted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'preferred_username': 'clara', 'email': 'c@x.test' | clara",
        "'email': 'c@x.test' | c@x.test",
        "'preferred_username': '', 'email': 'c@x.test' | c@x.test",
        "'preferred_username': ' \\t ', 'email': 'c@x.test' | c@x.test",
        "'preferred_username': 7, 'email': ['x'] | sub-1",
        "'x': 1 | sub-1",
        "'preferred_username': ' clara \\r\\nX: y ' | clara X: y",
        "'preferred_username': 'a\\u0000b\\u0085c\\u009bd\\u2028e\\u2029f\\u202eg\\u200bh' | abcdefgh",
        "'preferred_username': 'lone \\ud800 half' | lone  half",
        "'preferred_username': 'Zo\\u00eb \\ud83d\\ude00' | Zo\u00eb \ud83d\ude00"
      })
  void isCalledByWhatCanBeShown(String claims, String name) throws ParseException {
    assertThat(identity(claims, "groups", "ops").name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 255, 5000})
  void aLongNameIsNotTheirs(int length) throws ParseException {
    String longName = "'preferred_username': '" + "x".repeat(length) + "'";
    assertThat(identity(longName, "groups", "ops").name()).isEqualTo("sub-1");
    assertThat(identity("'sub': '" + "x".repeat(length) + "'", "groups", "ops").name())
        .isEqualTo("x".repeat(200));
  }

  @Test
  void isToldApartByTheSubject() throws ParseException {
    String clara = "'preferred_username': 'clara'";
    assertThat(identity(clara, "groups", "ops").subject()).isEqualTo("sub-1");
    assertThat(identity("'sub': 'a\\u0000b', " + clara, "groups", "ops").subject()).isEqualTo("ab");
    assertThat(identity("'sub': '" + "x".repeat(256) + "'", "groups", "ops").subject())
        .isEqualTo("x".repeat(255));
  }

  private static ProvidedIdentity identity(String claims, String claim, String group)
      throws ParseException {
    String subject = claims.contains("'sub'") ? "" : "'sub': 'sub-1', ";
    String json =
        "{'iss': 'https://id.example', 'aud': 'c', 'iat': 1, 'exp': 2, %s%s}"
            .formatted(subject, claims)
            .replace('\'', '"');
    return ProvidedIdentity.of(
        IDTokenClaimsSet.parse(json),
        new OperatorSettings.Provider(
            URI.create("https://id.example"), "c", "s", "openid", claim, group));
  }
}
