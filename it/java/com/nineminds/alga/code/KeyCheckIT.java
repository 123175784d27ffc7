package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.db.start.Migrations;
import com.nineminds.alga.db.start.StartConnections;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes with some keys may start during a rotation of the code key, and others may not. */
class KeyCheckIT {

  private static final String OLD = Stage.random(32);
  private static final String NEW = Stage.random(32);
  private static final String NONE = null;

  private final String database = Stage.freshDatabase();

  @BeforeEach
  void migrate() {
    new Migrations(database(), connections()).run();
    assertStarts(OLD, NONE);
  }

  @AfterEach
  void drop() throws SQLException {
    Stage.postgres().dropDatabase(database);
  }

  @Test
  void rotationInItsThreeSteps() {
    assertStarts(OLD, NEW);
    assertStarts(NEW, OLD);
    assertStarts(NEW, NONE);
    assertRefused(OLD, NONE);
  }

  @Test
  void nodeThatHasYetToFollowStartsAgain() {
    assertStarts(OLD, NEW);
    assertStarts(NEW, OLD);
    assertStarts(OLD, NEW);
    assertStarts(NEW, OLD);
    assertStarts(NEW, NONE);
  }

  @Test
  void rotationThatIsTakenBackCanBeEndedAndBegunAgain() {
    assertStarts(OLD, NEW);
    assertStarts(NEW, OLD);
    assertStarts(OLD, NEW);
    assertStarts(OLD, NONE);
    assertStarts(NEW, OLD);
    assertStarts(NEW, NONE);
  }

  @Test
  void nodeThatKnowsOnlyTheOldKeyDoesNotStartOnceTheNewOneMints() {
    assertStarts(NEW, OLD);
    assertRefused(OLD, NONE);
    assertRefused(Stage.random(32), OLD);
  }

  private void assertStarts(String key, String previous) {
    assertThatCode(() -> verify(key, previous)).doesNotThrowAnyException();
  }

  private void assertRefused(String key, String previous) {
    assertThatThrownBy(() -> verify(key, previous))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CLAIM_CODE_KEY: ");
  }

  private void verify(String key, String previous) throws SQLException {
    Map<String, String> given = Stage.settings(database);
    given.put("CLAIM_CODE_KEY", key);
    if (previous != null) {
      given.put("CLAIM_CODE_KEY_PREVIOUS", previous);
    }
    try (Connection admin = connections().await(database().admin())) {
      KeyCheck.verify(admin, CodeSettings.read(settings(given)));
    }
  }

  private StartConnections connections() {
    return new StartConnections(database());
  }

  private DatabaseSettings database() {
    return DatabaseSettings.read(settings(Stage.settings(database)));
  }

  private static Settings settings(Map<String, String> given) {
    return new Settings(name -> Optional.ofNullable(given.get(name)));
  }
}
