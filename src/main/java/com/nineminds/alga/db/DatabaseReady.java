package com.nineminds.alga.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports ready while the database answers and accepts writes. The check of the server itself
 * reports "started" even if the database does not answer.
 */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {

  /** Finds nothing and locks nothing. A server that accepts no writes refuses it. */
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
