package com.nineminds.alga;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.modules.syntax.AllowedModuleDependencies.allow;
import static com.tngtech.archunit.library.modules.syntax.ModuleDependencyScope.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.modules.syntax.ModuleRuleDefinition.modules;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each package is a module. It uses only the modules that it may use, and there is no cycle. */
@AnalyzeClasses(packages = "com.nineminds.alga", importOptions = ArchitectureTest.MainOnly.class)
class ModulesTest {

  private static final String OURS = "com.nineminds.alga";

  @ArchTest
  static final ArchRule modulesUseOnlyWhatTheyMay =
      modules()
          .definedByPackages(OURS + ".(**)")
          .should()
          .respectTheirAllowedDependencies(
              allow()
                  .fromModule("db")
                  .toModules("batching", "config")
                  .fromModule("db.start")
                  .toModules("db")
                  .fromModule("http")
                  .toModules("digest", "config")
                  .fromModule("http.request")
                  .toModules("http")
                  .fromModule("http.problem")
                  .toModules("http", "http.request", "db")
                  .fromModule("http.body")
                  .toModules("http.request", "http.problem")
                  .fromModule("http.drain")
                  .toModules("config")
                  .fromModule("audit")
                  .toModules("db", "http.request")
                  .fromModule("registry")
                  .toModules("audit", "db", "http.request", "http.problem")
                  .fromModule("entitlement")
                  .toModules("registry", "audit", "http.problem")
                  .fromModule("guessing")
                  .toModules("db", "http", "http.request", "http.problem", "config")
                  .fromModule("code")
                  .toModules(
                      "registry",
                      "entitlement",
                      "guessing",
                      "audit",
                      "db",
                      "http",
                      "http.request",
                      "http.problem",
                      "http.body",
                      "config")
                  .fromModule("license")
                  .toModules(
                      "digest",
                      "registry",
                      "entitlement",
                      "audit",
                      "db",
                      "http",
                      "http.request",
                      "http.body",
                      "config")
                  .fromModule("download")
                  .toModules("config")
                  .fromModule("appliance")
                  .toModules(
                      "digest",
                      "registry",
                      "entitlement",
                      "code",
                      "guessing",
                      "audit",
                      "db",
                      "http",
                      "http.request",
                      "http.problem",
                      "http.body",
                      "config")
                  .fromModule("redeem")
                  .toModules(
                      "appliance",
                      "registry",
                      "entitlement",
                      "code",
                      "guessing",
                      "license",
                      "audit",
                      "db",
                      "http",
                      "http.request",
                      "http.problem",
                      "http.body")
                  .fromModule("checkin")
                  .toModules(
                      "appliance",
                      "registry",
                      "entitlement",
                      "guessing",
                      "license",
                      "audit",
                      "db",
                      "http",
                      "http.request",
                      "http.body")
                  .fromModule("onboarding")
                  .toModules(
                      "digest",
                      "registry",
                      "entitlement",
                      "code",
                      "download",
                      "audit",
                      "db",
                      "http",
                      "http.request",
                      "http.problem",
                      "http.body",
                      "config")
                  .fromModule("directory")
                  .toModules(
                      "registry",
                      "entitlement",
                      "code",
                      "appliance",
                      "db",
                      "http",
                      "http.request",
                      "http.problem")
                  .fromModule("overview")
                  .toModules("code", "db")
                  .fromModule("operator")
                  .toModules("config")
                  .fromModule("operator.session")
                  .toModules("digest", "operator", "audit", "db", "http.request")
                  .fromModule("operator.signin")
                  .toModules("operator", "operator.session", "audit", "db", "http.request")
                  .fromModule("operator.provider")
                  .toModules("operator", "operator.session", "operator.signin", "http.request")
                  .fromModule("operator.guard")
                  .toModules(
                      "audit",
                      "operator",
                      "operator.session",
                      "operator.signin",
                      "db",
                      "http.request",
                      "http.problem",
                      "http.body")
                  .fromModule("upkeep")
                  .toModules("code", "onboarding", "operator.session", "db", "config")
                  .fromModule("console")
                  .toModules(
                      "directory",
                      "overview",
                      "operator.guard",
                      "registry",
                      "entitlement",
                      "code",
                      "appliance",
                      "onboarding",
                      "download",
                      "audit",
                      "http.request",
                      "http.problem"),
              consideringOnlyDependenciesInAnyPackage(OURS + ".."));

  @ArchTest
  static final ArchRule noCycles = slices().matching(OURS + ".(**)").should().beFreeOfCycles();
}
