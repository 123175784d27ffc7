package com.nineminds.alga.db;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
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
 * Work of several statements, all or nothing.
 *
 * <p>Explicit and not by {@code @Transactional}: the server takes every exception that leaves an
 * annotated method for a failure of its own and dumps it, with the state of the objects around it,
 * to a file. Our refusals are exceptions, and what is around them are codes and credentials.
 */
@ApplicationScoped
public class Transactions {

  @Resource UserTransaction transaction;

  /**
   * Runs {@code work} in a transaction of its own and commits it. An exception of {@code work}
   * rolls it back and is thrown on. After a {@link LostRace} the transaction is run again as {@link
   * RetryPolicy} says, so {@code work} must have no effect but on the database (and on counters). A
   * commit that failed in any other way is never repeated, because nobody knows whether it was
   * done.
   */
  public <T> T run(Supplier<T> work) {
    return RetryPolicy.run(() -> runOnce(work));
  }

  private <T> T runOnce(Supplier<T> work) {
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

  /** Where the database has not said why, the server's clock has ended the transaction. */
  private static Exception timeoutUnlessSaid(RollbackException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return failure;
      }
    }
    return new SQLTimeoutException("the transaction took too long", "57014", failure);
  }

  /** The same, for its effect alone. */
  public void run(Runnable work) {
    run(
        () -> {
          work.run();
          return null;
        });
  }
}
