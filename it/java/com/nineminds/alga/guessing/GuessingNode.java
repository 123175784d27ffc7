package com.nineminds.alga.guessing;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The node of tests with few tries for each network, behind one trusted proxy. It starts when the
 * first test uses it, and ends with the JVM.
 */
final class GuessingNode {

  /** The failed tries of each kind that a network has in a day. */
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
