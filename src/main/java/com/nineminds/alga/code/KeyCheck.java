package com.nineminds.alga.code;

import com.nineminds.alga.config.IllegalSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * Refuses to start with a {@code CLAIM_CODE_KEY} that did not mint the codes of the database. With
 * such a key, every code would be unknown.
 */
public final class KeyCheck {

  private KeyCheck() {}

  /**
   * Compares the check value of the key with the newest check value in the database. Stores the
   * check value as the newest one at the very first start, and in a rotation. In a rotation, the
   * newest stored value belongs to the previous key. A rotation back to an older key is a rotation
   * too. Commits the transaction.
   *
   * @param admin a connection of the admin role, because the app role has no right on this table
   * @throws IllegalSetting if neither the key nor the previous key is the newest stored key
   */
  public static void verify(Connection admin, CodeSettings settings) throws SQLException {
    byte[] check = settings.key().checkValue();
    admin.setAutoCommit(false);
    try (Statement lock = admin.createStatement()) {
      lock.execute("LOCK TABLE claim_code_keys IN SHARE ROW EXCLUSIVE MODE");
    }
    byte[] newest = newest(admin);
    boolean known = Arrays.equals(newest, check);
    boolean rotated =
        newest != null
            && settings
                .previous()
                .filter(key -> Arrays.equals(newest, key.checkValue()))
                .isPresent();
    if (newest != null && !known && !rotated) {
      throw new IllegalSetting(
          "CLAIM_CODE_KEY",
          "is not the key that this database's codes were minted under; set that key, or set it as"
              + " CLAIM_CODE_KEY_PREVIOUS to rotate");
    }
    if (!known) {
      store(admin, check);
    }
    admin.commit();
  }

  private static byte[] newest(Connection admin) throws SQLException {
    try (Statement query = admin.createStatement();
        ResultSet row =
            query.executeQuery(
                "SELECT check_value FROM claim_code_keys ORDER BY since DESC LIMIT 1")) {
      return row.next() ? row.getBytes(1) : null;
    }
  }

  /**
   * Makes the key the newest one. A key that was stored before can become the newest one again.
   * This happens when an operator takes a rotation back, or when this node follows a rotation later
   * than other nodes.
   */
  private static void store(Connection admin, byte[] check) throws SQLException {
    try (PreparedStatement insert =
        admin.prepareStatement(
            """
            INSERT INTO claim_code_keys (check_value) VALUES (?)
            ON CONFLICT (check_value) DO UPDATE SET since = clock_timestamp()
            """)) {
      insert.setBytes(1, check);
      insert.executeUpdate();
    }
  }
}
