package com.nineminds.alga.db;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;

/**
 * Where the database is and who we are there. The server's own data source (server.xml) reads
 * {@code DB_HOST}, {@code DB_PORT} and {@code DB_NAME} too; the app role's name and password reach
 * it through {@code Startup}.
 *
 * @param app the role that serves requests: rows only, no DDL
 * @param admin the role that runs migrations
 */
public record DatabaseSettings(String host, int port, String name, Role app, Role admin) {

  /** A database role and its password. */
  public record Role(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** Reads {@code DB_*}; throws {@link com.nineminds.alga.config.IllegalSetting}. */
  public static DatabaseSettings read(Settings settings) {
    settings.plain("DB_PORT");
    return new DatabaseSettings(
        settings.plain("DB_HOST").orElseThrow(() -> new IllegalSetting("DB_HOST", "is required")),
        settings.number("DB_PORT", 5432, 1, 65535),
        settings.plain("DB_NAME").orElse("alga"),
        new Role(settings.required("DB_USER_APP"), settings.required("DB_PASSWORD_APP")),
        new Role(settings.required("DB_USER_ADMIN"), settings.required("DB_PASSWORD_ADMIN")));
  }
}
