package com.nineminds.alga;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.Settings;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import javax.sql.DataSource;

/** The rules of the house, each a sentence. */
@AnalyzeClasses(packages = "com.nineminds.alga", importOptions = ArchitectureTest.MainOnly.class)
class ArchitectureTest {

  private static final String OURS = "com.nineminds.alga";
  private static final int MAX_COLLABORATORS = 6;

  /** The classes of the WAR, and not those of the tests in the same packages. */
  static final class MainOnly implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return location.contains("/target/classes/");
    }
  }

  @ArchTest
  static final ArchRule noNamesThatSayNothing =
      noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto|DTO|Assembler)");

  @ArchTest
  static final ArchRule noInterfaceForOne =
      classes().that().areInterfaces().and().areNotAnnotations().should(haveManyImplementations());

  @ArchTest
  static final ArchRule timeComesFromTheClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(Date.class);

  @ArchTest
  static final ArchRule theClockIsMadeOnce =
      noClasses()
          .that()
          .doNotHaveSimpleName("Wiring")
          .should()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule pathsAreOnResources =
      classes().that().areAnnotatedWith(Path.class).should().haveSimpleNameEndingWith("Resource");

  @ArchTest
  static final ArchRule resourcesAreOfTheirModuleAlone =
      classes()
          .should(
              new ArchCondition<>("not depend on a resource of another module") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getDirectDependenciesFromSelf().stream()
                      .filter(to -> to.getTargetClass().getName().matches(".*Resource(\\$.*)?"))
                      .filter(to -> to.getTargetClass().getPackageName().startsWith(OURS))
                      .filter(
                          to -> !to.getTargetClass().getPackageName().equals(type.getPackageName()))
                      .forEach(
                          to ->
                              events.add(SimpleConditionEvent.violated(type, to.getDescription())));
                }
              });

  @ArchTest
  static final ArchRule wireTypesAreOfTheirResourceAlone =
      classes()
          .should(
              new ArchCondition<>("not use a type that is nested in a JAX-RS resource") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getDirectDependenciesFromSelf().stream()
                      .filter(to -> isNestedInResource(to.getTargetClass()))
                      .filter(to -> !outermost(to.getTargetClass()).equals(outermost(type)))
                      .forEach(
                          to ->
                              events.add(SimpleConditionEvent.violated(type, to.getDescription())));
                }
              });

  @ArchTest
  static final ArchRule transactionsAreExplicit =
      methods().should().notBeAnnotatedWith(Transactional.class);

  @ArchTest
  static final ArchRule entitiesAreManagedByTheOwnersOfTheirTables =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.(Tenants|Entitlements|ClaimCodes|Appliances)")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class);

  @ArchTest
  static final ArchRule connectionsAreOfTheDatabaseModule =
      noClasses()
          .that()
          .resideOutsideOfPackage(OURS + ".db..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(DataSource.class);

  @ArchTest
  static final ArchRule onlySettingsKnowTheNamesOfSettings =
      noClasses()
          .that()
          .haveNameNotMatching(".*(Settings|Startup|Wiring)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Settings.class);

  @ArchTest static final ArchRule nobodyPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule fewCollaborators =
      classes()
          .should(
              new ArchCondition<>("have at most " + MAX_COLLABORATORS + " injected collaborators") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  long injected =
                      type.getFields().stream().filter(ArchitectureTest::isInjected).count();
                  if (injected > MAX_COLLABORATORS) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " has " + injected + " collaborators"));
                  }
                }
              });

  @ArchTest
  static void oneMapperAnswersEveryError(JavaClasses ours) {
    assertThat(ours.stream().filter(type -> type.isAssignableTo(ExceptionMapper.class)))
        .extracting(JavaClass::getSimpleName)
        .containsExactly("ProblemMapper");
  }

  private static boolean isNestedInResource(JavaClass type) {
    JavaClass outermost = outermost(type);
    return !outermost.equals(type) && outermost.isAnnotatedWith(Path.class);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static boolean isInjected(JavaField field) {
    return field.isAnnotatedWith(Inject.class);
  }

  private static ArchCondition<JavaClass> haveManyImplementations() {
    return new ArchCondition<>("have more than one implementation") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (type.getAllSubclasses().stream().filter(c -> !c.isInterface()).count() == 1) {
          events.add(
              SimpleConditionEvent.violated(type, type.getName() + " has one implementation"));
        }
      }
    };
  }
}
