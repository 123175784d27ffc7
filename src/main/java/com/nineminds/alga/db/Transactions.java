package com.nineminds.alga.db;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.function.Supplier;

/**
 * Runs work of several statements: all of it or nothing.
 *
 * <p>Transactions begin and end explicitly, without {@code @Transactional}. The server treats every
 * exception that leaves an annotated method as its own failure. It writes the exception to a file,
 * with the state of the objects around it. Our refusals are exceptions, and the objects around them
 * contain codes and credentials.
 */
@ApplicationScoped
public class Transactions {

  @Resource UserTransaction transaction;
  @Inject Connections connections;

  /**
   * Runs {@code work} in its own transaction and commits it. An exception of {@code work} rolls the
   * transaction back, and the caller gets it. After a {@link LostRace} the transaction is run again
   * as {@link RetryPolicy} says. So {@code work} must have no effect outside the database (except
   * on counters). A commit that failed in any other way is never repeated, because nobody knows
   * whether it was done.
   */
  public <T> T run(Supplier<T> work) {
    return RetryPolicy.run(() -> runOnce(work));
  }

  private <T> T runOnce(Supplier<T> work) {
    connections.checkAfterIdleness();
    try {
      transaction.begin();
      T result;
      try {
        result = work.get();
      } catch (RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
      transaction.commit();
      return result;
    } catch (RollbackException e) {
      throw RetryPolicy.asLostRace("the transaction was rolled back", timeoutUnlessSaid(e));
    } catch (PersistenceException
        | NotSupportedException
        | SystemException
        | HeuristicMixedException
        | HeuristicRollbackException e) {
      throw RetryPolicy.asLostRace("the transaction could not be completed", e);
    }
  }

  private void rollBack(Throwable failure) {
    try {
      transaction.rollback();
    } catch (SystemException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * If the database gave no reason, the server has ended the transaction because it took too long.
   */
  private static Exception timeoutUnlessSaid(RollbackException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return failure;
      }
    }
    return new SQLTimeoutException("the transaction took too long", "57014", failure);
  }

  /** Runs work without a result in its own transaction, as {@link #run(Supplier)} does. */
  public void run(Runnable work) {
    run(
        () -> {
          work.run();
          return null;
        });
  }
}
