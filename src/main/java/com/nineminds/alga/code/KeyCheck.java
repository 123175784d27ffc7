package com.nineminds.alga.code;

import com.nineminds.alga.config.IllegalSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * Refuses a start whose {@code CLAIM_CODE_KEY} is not the one that the database's codes were minted
 * under: every code would be unknown.
 */
public final class KeyCheck {

  private KeyCheck() {}

  /**
   * Compares with the check value of the newest key in the database, and makes another the newest:
   * at the very first start, and in a rotation, where the newest stored key is the previous one.
   * Taking a rotation back is a rotation too.
   *
   * @param admin of the admin role, since the app role has no business with these rows
   * @throws IllegalSetting when neither the key nor the previous key is the newest stored one
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
   * Makes the key the newest. A key that was stored before becomes the newest again: an operator
   * takes a rotation back, or this node follows the rotation later than others.
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
