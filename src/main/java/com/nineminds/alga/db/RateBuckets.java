package com.nineminds.alga.db;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Budgets of tries that all nodes share, in table {@code rate_buckets}. Each use of a budget is its
 * own transaction, and must not happen inside another transaction.
 */
@ApplicationScoped
public class RateBuckets {

  private static final int AT_ONCE = 100;

  @Inject Connections connections;

  private PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

  @PostConstruct
  void start() {
    buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(ofCalls())
            .table("rate_buckets")
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ZERO))
            .build();
  }

  /**
   * The budget of this key. It is full if it is new, or if it was not used for long enough to
   * refill.
   */
  public Bucket of(String key, BucketConfiguration full) {
    return buckets.builder().build(key, () -> full);
  }

  /**
   * Deletes some of the budgets that are full again. A missing budget counts as full.
   *
   * @return the number of deleted budgets; 0 if none is left
   */
  public int dropFull() {
    return buckets.removeExpired(AT_ONCE);
  }

  /** Bucket4j asks a data source for connections, and for nothing else. */
  private DataSource ofCalls() {
    return (DataSource)
        Proxy.newProxyInstance(
            RateBuckets.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection") && arguments == null) {
                return connections.ofCall();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
