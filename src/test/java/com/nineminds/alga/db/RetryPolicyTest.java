package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void workThatLosesARaceRunsThreeTimes() {
    assertThatThrownBy(() -> RetryPolicy.run(this::lose)).isInstanceOf(LostRace.class);
    assertThat(runs).hasValue(3);
  }

  @Test
  void workThatWinsAtTheSecondRunIsNotRunAgain() {
    assertThat(RetryPolicy.run(() -> runs.get() == 0 ? lose() : "done")).isEqualTo("done");
    assertThat(runs).hasValue(1);
  }

  @Test
  void otherFailuresAreNotRunAgain() {
    assertThatThrownBy(
            () ->
                RetryPolicy.run(
                    () -> {
                      runs.incrementAndGet();
                      throw failure("08006");
                    }))
        .isInstanceOf(PersistenceException.class)
        .isNotInstanceOf(LostRace.class);
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void statementThatConflictsIsRunAgainAndThenFailsForGood(String state) {
    PendingCall<Object> call = new PendingCall<>(null, row -> row);
    call.begin();
    call.fail(failure(state), true);
    assertThat(call.isRepeatable()).isTrue();
    PersistenceException last = catchThrowableOfType(PersistenceException.class, call::lastRows);
    assertThat(last).isNotInstanceOf(LostRace.class);
    assertThat(SqlStates.isTransient(last)).isTrue();
  }

  @Test
  void statementThatLostToAUniqueIndexIsNotRunAgainByItself() {
    PendingCall<Object> call = new PendingCall<>(null, row -> row);
    call.fail(failure("23505"), true);
    assertThat(call.isRepeatable()).isFalse();
    assertThatThrownBy(call::lastRows).isInstanceOf(LostRace.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"21000", "22P02", "23505", "23514", "40001", "40P01", "55P03"})
  void callOfARefusedBatchIsRunAlone(String state) {
    PendingCall<Object> call = new PendingCall<>(null, row -> row);
    call.fail(failure(state), false);
    assertThat(call.isRepeatable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57014", "40003", "53300"})
  void callIsNotRunAgainWhenNobodyKnowsWhetherItWasDone(String state) {
    PendingCall<Object> call = new PendingCall<>(null, row -> row);
    call.fail(failure(state), false);
    assertThat(call.isRepeatable()).isFalse();
  }

  @Test
  void callOfABatchWithoutARowIsRunAlone() {
    PendingCall<Object> call = new PendingCall<>(null, row -> row);
    call.complete(false);
    assertThat(call.isRepeatable()).isTrue();
    call.begin();
    call.complete(true);
    assertThat(call.isRepeatable()).isFalse();
    assertThat(call.lastRows()).isEmpty();
  }

  private String lose() {
    runs.incrementAndGet();
    throw LostRace.detected();
  }

  private static PersistenceException failure(String state) {
    return RetryPolicy.asLostRace("refused", new SQLException("refused", state));
  }
}
