package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of a transaction whose commit or rollback fails. */
@SuppressWarnings("UnnecessaryAssignment") // no container injects the fields here
class TransactionsTest {

  private final Ending ending = new Ending();
  private final Transactions transactions = new Transactions();

  TransactionsTest() {
    transactions.transaction = ending;
    // no connection is tried just after an answer
    transactions.connections = new Connections();
    transactions.connections.answered();
  }

  @Test
  void oneThatTheServerEndedForItsLengthIsAnsweredAsTheDatabaseBeingAway() {
    ending.commit = new RollbackException("timed out");
    Throwable thrown = catchThrowable(() -> transactions.run(() -> "done"));
    assertThat(thrown).isInstanceOf(PersistenceException.class);
    assertThat(SqlStates.isTransient(thrown)).isTrue();
    assertThat(ending.begun).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "40003"})
  void aCommitOfWhichNobodyKnowsWhetherItWasDoneIsNotRepeated(String state) {
    ending.commit = rolledBack(state);
    Throwable thrown = catchThrowable(() -> transactions.run(() -> "done"));
    assertThat(SqlStates.isTransient(thrown)).isTrue();
    assertThat(ending.begun).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "23505"})
  void aCommitThatIsKnownToBeUndoneIsTriedThreeTimes(String state) {
    ending.commit = rolledBack(state);
    assertThatThrownBy(() -> transactions.run(() -> "done")).isInstanceOf(LostRace.class);
    assertThat(ending.begun).isEqualTo(3);
  }

  @Test
  void whatTheDatabaseRefusesForGoodIsNoOutage() {
    ending.commit = rolledBack("23514");
    Throwable thrown = catchThrowable(() -> transactions.run(() -> "done"));
    assertThat(SqlStates.isTransient(thrown)).isFalse();
  }

  @Test
  void aRollbackThatFailsDoesNotHideWhy() {
    ending.rollback = new IllegalStateException("no transaction");
    IllegalArgumentException why = new IllegalArgumentException("why");
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      throw why;
                    }))
        .isSameAs(why)
        .hasSuppressedException(ending.rollback);
  }

  private static RollbackException rolledBack(String state) {
    RollbackException failure = new RollbackException();
    failure.initCause(new SQLException("refused", state));
    return failure;
  }

  /** A transaction whose commit and rollback throw the given exceptions. */
  private static final class Ending implements UserTransaction {

    private RollbackException commit;
    private IllegalStateException rollback;
    private int begun;

    @Override
    public void begin() {
      begun++;
    }

    @Override
    public void commit() throws RollbackException, HeuristicMixedException {
      throw commit;
    }

    @Override
    public void rollback() throws SystemException {
      throw rollback;
    }

    @Override
    public void setRollbackOnly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getStatus() {
      return Status.STATUS_ACTIVE;
    }

    @Override
    public void setTransactionTimeout(int seconds) {
      throw new UnsupportedOperationException();
    }
  }
}
