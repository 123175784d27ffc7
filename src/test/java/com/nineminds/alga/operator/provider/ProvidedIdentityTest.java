package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nineminds.alga.operator.OperatorSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "groups | 'groups': ['staff'] | not_allowed",
        "groups | 'groups': [] | not_allowed",
        "groups | 'groups': '' | not_allowed",
        "groups | 'groups': null | no_claim",
        "groups | 'x': 1 | no_claim",
        "groups | 'Groups': ['ops'] | no_claim",
        "realm_access.roles | 'realm_access': {'roles': []} | not_allowed",
        "realm_access.roles | 'realm_access': {} | no_claim",
        "realm_access.roles | 'realm_access': {'roles': null} | no_claim",
        "groups | '_claim_names': {'groups': 'src1'} | groups_left_out",
        "groups | '_claim_names': {'groups': 'src1'}, 'groups': null | groups_left_out",
        "groups | '_claim_names': {'groups': 'src1'}, 'groups': ['ops'] | granted",
        "groups | '_claim_names': {'groups': 'src1'}, 'groups': ['staff'] | not_allowed",
        "groups | '_claim_names': {'roles': 'src1'} | no_claim",
        "roles | '_claim_names': {'groups': 'src1'}, 'hasgroups': true | no_claim",
        "roles | '_claim_names': {'roles': 'src1'} | groups_left_out",
        "groups | '_claim_names': ['groups'] | no_claim",
        "groups | 'hasgroups': true | groups_left_out",
        "groups | 'hasgroups': 'true' | groups_left_out",
        "groups | 'hasgroups': false | no_claim",
        "roles | 'roles': ['staff', 7] | not_allowed",
        "wids | 'wids': [7, 'x'] | not_allowed"
      })
  void aMissingClaimIsNotTheSameAsNoAccess(String claim, String claims, String access)
      throws ParseException {
    assertThat(identity(claims, claim, "ops").access()).hasToString(access);
  }

  @ParameterizedTest
  @CsvSource({"'groups': [7], 7", "'groups': 7, 7", "'groups': true, true"})
  void aWordMayBeANumberOrABoolean(String claims, String group) throws ParseException {
    assertThat(identity(claims, "groups", group).granted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'x': 1 | granted | clara",
        "'groups': null, 'email': null | granted | clara",
        "'groups': ['staff'] | not_allowed | clara",
        "'preferred_username': 'c2' | granted | c2",
        "'email': 'c@x.test' | granted | c@x.test"
      })
  void theUserinfoSaysWhatTheIdTokenDoesNot(String claims, String access, String name)
      throws ParseException {
    Map<String, Object> userinfo =
        Map.of("sub", "sub-1", "preferred_username", "clara", "groups", List.of("ops"));
    ProvidedIdentity both =
        ProvidedIdentity.of(idToken(claims), userinfo, provider("groups", "ops"));
    assertThat(both.access()).hasToString(access);
    assertThat(both.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'preferred_username': 'clara', 'groups': [] | true",
        "'email': 'c@x.test', 'groups': [] | true",
        "'groups': ['ops'] | false",
        "'name': 'Clara', 'groups': ['ops'] | false",
        "'preferred_username': ' ', 'groups': [] | false",
        "'preferred_username': 'clara', 'groups': null | false",
        "'preferred_username': 'clara' | false"
      })
  void theUserinfoIsAskedForTheRest(String claims, boolean complete) throws ParseException {
    assertThat(ProvidedIdentity.isComplete(idToken(claims), provider("groups", "ops")))
        .isEqualTo(complete);
  }

  private static ProvidedIdentity identity(String claims, String claim, String group)
      throws ParseException {
    return ProvidedIdentity.of(idToken(claims), Map.of(), provider(claim, group));
  }

  private static IDTokenClaimsSet idToken(String claims) throws ParseException {
    String subject = claims.contains("'sub'") ? "" : "'sub': 'sub-1', ";
    String json =
        "{'iss': 'https://id.example', 'aud': 'c', 'iat': 1, 'exp': 2, %s%s}"
            .formatted(subject, claims)
            .replace('\'', '"');
    return IDTokenClaimsSet.parse(json);
  }

  private static OperatorSettings.Provider provider(String claim, String group) {
    return new OperatorSettings.Provider(
        URI.create("https://id.example"), "c", "s", "openid", claim, group);
  }
}
