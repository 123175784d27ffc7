package com.nineminds.alga.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers: the server itself says "started" even when it does not. */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {

  @Inject Database database;

  @Override
  public HealthCheckResponse call() {
    try {
      database.statement("SELECT 1").run();
      return HealthCheckResponse.up("database");
    } catch (PersistenceException e) {
      return HealthCheckResponse.down("database");
    }
  }
}
