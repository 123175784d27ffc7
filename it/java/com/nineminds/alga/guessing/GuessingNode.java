package com.nineminds.alga.guessing;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The node of the tests whose networks have few tries, behind one trusted proxy. It starts when the
 * first of them asks for it, and ends with the JVM.
 */
final class GuessingNode {

  /** What a network can fail in a day, of each kind. */
  static final int TRIES = 5;

  private static final String DATABASE = Stage.freshDatabase();
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  static final Node NODE = start();
  static final Api API = new Api(NODE.base());
  static final Sql SQL = new Sql(DATABASE);

  private GuessingNode() {}

  private static Node start() {
    Map<String, String> settings = Stage.settings(DATABASE);
    for (String name : new String[] {"REDEEMS", "CHECK_INS", "SERVICE_SECRETS"}) {
      settings.put("FAILED_" + name + "_PER_DAY", Integer.toString(TRIES));
    }
    settings.put("TRUSTED_PROXY_HOPS", "1");
    settings.put("CLAIM_CODE_LENGTH", "10");
    return Node.start("guessing", settings);
  }

  /** A visitor from an address that no other visitor has. */
  static Visitor visitor() {
    int number = ADDRESSES.incrementAndGet();
    return new Visitor(API, "198.51." + number / 250 + "." + number % 250);
  }
}
