package com.nineminds.alga.code;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * How codes are made and how long they live.
 *
 * @param key mints and redeems codes
 * @param previous redeems the codes that were minted before a key rotation; empty outside of a
 *     rotation
 * @param timeToLive from minting to expiry
 * @param retryWindow how long after a redeem the same appliance may redeem the same code again
 * @param codeLength the length of new codes, 8 to 16 characters; codes of other lengths can be
 *     redeemed too
 */
public record CodeSettings(
    CodeKey key,
    Optional<CodeKey> previous,
    Duration timeToLive,
    Duration retryWindow,
    int codeLength) {

  private static final int TEN_YEARS = 315_360_000;

  /**
   * Reads {@code CLAIM_CODE_*} and {@code REDEEM_RETRY_WINDOW_SECONDS}. Throws {@link
   * IllegalSetting}.
   */
  public static CodeSettings read(Settings settings) {
    return new CodeSettings(
        settings
            .base64("CLAIM_CODE_KEY", 32)
            .map(CodeKey::new)
            .orElseThrow(
                () ->
                    new IllegalSetting("CLAIM_CODE_KEY", "is required: 32 random bytes in base64")),
        settings.base64("CLAIM_CODE_KEY_PREVIOUS", 32).map(CodeKey::new),
        Duration.ofSeconds(settings.number("CLAIM_CODE_TTL_SECONDS", 2_592_000, 1, TEN_YEARS)),
        Duration.ofSeconds(settings.number("REDEEM_RETRY_WINDOW_SECONDS", 86_400, 0, TEN_YEARS)),
        settings.number(
            "CLAIM_CODE_LENGTH", ClaimCode.SHORTEST, ClaimCode.SHORTEST, ClaimCode.LONGEST));
  }
}
