package com.nineminds.alga.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the database answers and takes writes: the server itself says "started" even when it
 * does not.
 */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {

  /** Finds nothing and locks nothing, and is refused where nothing may be written. */
  private static final Sql WRITABLE =
      Sql.text("SELECT id FROM rate_buckets WHERE false FOR UPDATE");

  @Inject Database database;

  @Override
  public HealthCheckResponse call() {
    try {
      database.query(WRITABLE).run();
      return HealthCheckResponse.up("database");
    } catch (PersistenceException e) {
      return HealthCheckResponse.down("database");
    }
  }
}
