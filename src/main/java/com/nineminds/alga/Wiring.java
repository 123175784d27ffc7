package com.nineminds.alga;

import com.nineminds.alga.appliance.ApplianceSettings;
import com.nineminds.alga.code.CodeSettings;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.download.ObjectStoreSettings;
import com.nineminds.alga.guessing.GuessingSettings;
import com.nineminds.alga.http.HttpSettings;
import com.nineminds.alga.http.body.UnfilteredPaths;
import com.nineminds.alga.http.drain.DrainSettings;
import com.nineminds.alga.http.problem.PathRules;
import com.nineminds.alga.license.LicenseSettings;
import com.nineminds.alga.onboarding.RegistrationSettings;
import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.guard.ConsoleGuard;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.upkeep.UpkeepSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Produces the injected objects that are not beans by themselves: the clock, the settings of each
 * module, the paths whose bodies a module reads itself, and the routes that have an id in their
 * path.
 */
@Dependent
public class Wiring {

  @Produces
  @Singleton
  static Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  static Settings settings() {
    return new Settings(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  @Produces
  @Singleton
  static DatabaseSettings database(Settings settings) {
    return DatabaseSettings.read(settings);
  }

  @Produces
  @Singleton
  static HttpSettings http(Settings settings) {
    return HttpSettings.read(settings);
  }

  @Produces
  @Singleton
  static GuessingSettings guessing(Settings settings) {
    return GuessingSettings.read(settings);
  }

  @Produces
  @Singleton
  static DrainSettings drain(Settings settings) {
    return DrainSettings.read(settings);
  }

  @Produces
  @Singleton
  static CodeSettings code(Settings settings) {
    return CodeSettings.read(settings);
  }

  @Produces
  @Singleton
  static LicenseSettings license(Settings settings) {
    return LicenseSettings.read(settings);
  }

  @Produces
  @Singleton
  static ObjectStoreSettings objectStore(Settings settings) {
    return ObjectStoreSettings.read(settings);
  }

  @Produces
  @Singleton
  static ApplianceSettings appliance(Settings settings) {
    return ApplianceSettings.read(settings);
  }

  @Produces
  @Singleton
  static RegistrationSettings registration(Settings settings) {
    return RegistrationSettings.read(settings);
  }

  @Produces
  @Singleton
  static UpkeepSettings upkeep(Settings settings) {
    return UpkeepSettings.read(settings);
  }

  @Produces
  @Singleton
  static OperatorSettings operator(Settings settings) {
    return OperatorSettings.read(settings);
  }

  @Produces
  @Singleton
  static UnfilteredPaths unfiltered() {
    return new UnfilteredPaths(ConsoleGuard.PATHS);
  }

  @Produces
  @Singleton
  static PathRules pathRules() {
    return new PathRules(Map.of("/tenants/", UnknownTenant::new), ConsoleGuard.PATHS);
  }
}
