package com.nineminds.alga.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The identity of a tenant. */
class TenantIdTest {

  private static final String TEXT = "0f8fad5b-d9cb-469f-a165-70867728950e";

  @Test
  void canonicalUuidIsRead() {
    assertThat(TenantId.parse(TEXT))
        .isEqualTo(new TenantId(UUID.fromString(TEXT)))
        .hasToString(TEXT);
  }

  @Test
  void caseDoesNotMatter() {
    assertThat(TenantId.parse("0F8FAD5B-D9CB-469F-A165-70867728950E"))
        .isEqualTo(TenantId.parse(TEXT))
        .hasToString(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1-1-1-1-1",
        "0f8fad5bd9cb469fa16570867728950e",
        "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        "0f8fad5b-d9cb-469f-a165-70867728950",
        "0f8fad5b-d9cb-469f-a165-70867728950e0",
        "0f8fad5b-d9cb-469f-a165-70867728950g",
        " 0f8fad5b-d9cb-469f-a165-70867728950e",
        "0f8fad5b-d9cb-469f-a165-70867728950e\n",
        "\u0660f8fad5b-d9cb-469f-a165-70867728950e"
      })
  void whatIsNoCanonicalUuidIsRefused(String text) {
    assertThatThrownBy(() -> TenantId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a UUID");
  }

  @Test
  void nullIsNoTenant() {
    assertThat(TenantId.of(null)).isNull();
    assertThat(TenantId.uuid(null)).isNull();
    assertThat(TenantId.uuid(TenantId.parse(TEXT))).isEqualTo(UUID.fromString(TEXT));
  }

  @Test
  void mintedOnesDiffer() {
    assertThat(TenantId.mint()).isNotEqualTo(TenantId.mint());
  }
}
