package com.nineminds.alga.operator;

import com.nineminds.alga.db.RateBuckets;
import com.nineminds.alga.http.Source;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * The limit on guessing passwords, of all nodes together: an address, and whoever tries one name
 * from wherever, has to wait after too many wrong ones. A try is taken before the password is
 * looked at, so that many at once cannot pass, and given back when it was right.
 */
@ApplicationScoped
class SignInTries {

  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int LONGEST_NAME = 200;
  private static final BucketConfiguration OF_A_NAME = tries(10);
  private static final BucketConfiguration OF_AN_ADDRESS = tries(30);

  @Inject RateBuckets buckets;

  /** Takes a try; where there is none left, says how long to wait for one. */
  Optional<Duration> take(String name, String address) {
    buckets.dropFull();
    ConsumptionProbe byAddress = ofAddress(address).tryConsumeAndReturnRemaining(1);
    if (!byAddress.isConsumed()) {
      return Optional.of(Duration.ofNanos(byAddress.getNanosToWaitForRefill()));
    }
    ConsumptionProbe byName = ofName(name).tryConsumeAndReturnRemaining(1);
    return byName.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(byName.getNanosToWaitForRefill()));
  }

  /** The password was right. */
  void giveBack(String name, String address) {
    ofAddress(address).addTokens(1);
    ofName(name).addTokens(1);
  }

  private Bucket ofAddress(String address) {
    return buckets.of("sign-in from " + Source.of(address).network(), OF_AN_ADDRESS);
  }

  private Bucket ofName(String name) {
    return buckets.of(
        "sign-in as " + name.substring(0, Math.min(name.length(), LONGEST_NAME)), OF_A_NAME);
  }

  private static BucketConfiguration tries(int number) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(number).refillGreedy(number, WINDOW))
        .build();
  }
}
