package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key derives codes and makes hashes. Only the owner of the key can do so. */
class CodeKeyTest {

  private static final CodeKey KEY = new CodeKey(bytesFrom(0));
  private static final CodeKey OTHER = new CodeKey(bytesFrom(1));
  private static final int MANY = 100_000;

  /** Another program computed them. With other codes, no stored code could be shown again. */
  @ParameterizedTest
  @CsvSource({
    "00000000-0000-0000-0000-000000000000, SC6D354N, GMTZMQ3A",
    "0f8fad5b-d9cb-469f-a165-70867728950e, 9F63DJQ2, R9EF3P2W"
  })
  void codeOfARowIsFixedForEver(UUID id, String code, String codeOfOtherKey) {
    assertThat(KEY.derive(id, 8).value()).isEqualTo(code);
    assertThat(OTHER.derive(id, 8).value()).isEqualTo(codeOfOtherKey);
    assertThat(new CodeKey(bytesFrom(0)).derive(id, 8)).isEqualTo(KEY.derive(id, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 12, 16})
  void codeHasTheLengthThatIsAskedFor(int length) {
    UUID id = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    assertThat(KEY.derive(id, length).value()).hasSize(length).startsWith("9F63DJQ2");
  }

  @Test
  void whatWasTypedHasTheHashOfItsCode() {
    assertThat(KEY.hash(TypedCode.parse("2345-6789")))
        .isEqualTo(KEY.hash(new ClaimCode("23456789")));
    assertThat(KEY.hash(TypedCode.parse("2345678"))).hasSize(32);
  }

  /** Another program computed it. With another hash, no stored code could be found. */
  @Test
  void hashIsHmacSha256OfTheCode() {
    assertThat(hex(KEY.hash(new ClaimCode("23456789"))))
        .isEqualTo("0d47557bcdbe932fb0b790c52fc7d77e" + "879001169a633fa3c936d5da4d6e9c41");
  }

  @Test
  void hashDiffersForEachKeyAndEachCode() {
    ClaimCode code = new ClaimCode("23456789");
    assertThat(KEY.hash(code)).hasSize(32).isNotEqualTo(OTHER.hash(code));
    assertThat(KEY.hash(code)).isNotEqualTo(KEY.hash(new ClaimCode("23456788")));
  }

  /** Another program computed it. With another value, no node could start on its database. */
  @Test
  void checkValueTellsTheKey() {
    assertThat(hex(KEY.checkValue()))
        .isEqualTo("5159f3d11f46ccf415fc70514953e065" + "79572aeb0c3899fa3a5250cd51b7abb2");
    assertThat(KEY.checkValue()).isEqualTo(new CodeKey(bytesFrom(0)).checkValue());
    assertThat(KEY.checkValue()).isNotEqualTo(OTHER.checkValue());
  }

  /** Another program computed it: HMAC-SHA256 with a key of HKDF-Expand from this key. */
  @Test
  void tryHasNothingOfTheLookUpValue() {
    byte[] counted = KEY.tryOf(TypedCode.parse("2345-6789"));
    assertThat(hex(counted))
        .isEqualTo("a14477c2aad085eb3fdfacc3bfbf5663" + "f393c9c20885b5ad788268fa8765cd35");
    assertThat(Arrays.copyOf(counted, 16))
        .isNotEqualTo(Arrays.copyOf(KEY.hash(new ClaimCode("23456789")), 16));
  }

  /** A typed text is never an input of a derived code or of the check value. */
  @Test
  void whatIsTypedIsNeverAnInputOfAnotherUse() {
    byte[] typed = KEY.hash(TypedCode.parse("alga claim code key check"));
    assertThat(typed).isNotEqualTo(KEY.checkValue());
    UUID readable = new UUID(0x4142434445464748L, 0x494a4b4c4d4e4f50L); // ABCDEFGHIJKLMNOP
    byte[] likeTheId = KEY.hash(new TypedCode("ABCDEFGHIJKLMNOP\0"));
    StringBuilder code = new StringBuilder();
    for (byte b : likeTheId) {
      int number = Byte.toUnsignedInt(b);
      if (number < 248 && code.length() < 8) {
        code.append(ClaimCode.ALPHABET.charAt(number % 31));
      }
    }
    assertThat(KEY.derive(readable, 8).value()).isNotEqualTo(code.toString());
  }

  /**
   * Tests with chi-square over 800,000 characters and 30 degrees of freedom. By chance, one in
   * 20,000 keys exceeds 70. A modulo of 256 always exceeds it, because the first eight characters
   * would be 12% more frequent. The ids are fixed, so the result of the test does not depend on
   * chance.
   */
  @Test
  void everyCharacterIsEquallyLikely() {
    long[] counts = new long[128];
    for (long i = 0; i < MANY; i++) {
      KEY.derive(new UUID(i, ~i), 8).value().chars().forEach(character -> counts[character]++);
    }
    double expected = MANY * 8.0 / ClaimCode.ALPHABET.length();
    double chiSquare =
        ClaimCode.ALPHABET
            .chars()
            .mapToDouble(character -> Math.pow(counts[character] - expected, 2) / expected)
            .sum();
    assertThat(chiSquare).isBetween(8.0, 70.0);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(MANY * 8L);
  }

  /** There are 31^8 codes. Among 100,000 codes, one in 170 keys has a collision. */
  @Test
  void codesDoNotCollide() {
    Set<String> codes = new HashSet<>();
    for (long i = 0; i < MANY; i++) {
      codes.add(KEY.derive(new UUID(~i, i), 8).value());
    }
    assertThat(codes).hasSizeGreaterThanOrEqualTo(MANY - 1);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytesFrom(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }
}
