package com.nineminds.alga.db;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Budgets of tries that all nodes share, in table {@code rate_buckets}. Taking from one is a
 * transaction of its own; it must not be called within another.
 */
@ApplicationScoped
public class RateBuckets {

  private static final int AT_ONCE = 100;

  @Inject DatabaseSettings settings;

  @Resource(lookup = "jdbc/alga", shareable = false)
  DataSource dataSource;

  private PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

  @PostConstruct
  void start() {
    buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(withAppRole())
            .table("rate_buckets")
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ZERO))
            .build();
  }

  /** The budget of that key, full when it is new, or was not used for long enough to refill. */
  public Bucket of(String key, BucketConfiguration full) {
    return buckets.builder().build(key, () -> full);
  }

  /**
   * Drops some of those that are full again, which is what no budget means.
   *
   * @return how many; 0 when none is left
   */
  public int dropFull() {
    return buckets.removeExpired(AT_ONCE);
  }

  /** The library asks for connections by no name; the server's data source wants the app role's. */
  private DataSource withAppRole() {
    return (DataSource)
        Proxy.newProxyInstance(
            RateBuckets.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection") && arguments == null) {
                return dataSource.getConnection(settings.app().user(), settings.app().password());
              }
              try {
                return method.invoke(dataSource, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
