package com.nineminds.alga.bench;

import com.nineminds.alga.bench.Phase.Request;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.KeptAlive.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of two services that are compared, with an operator at its console and a sample of its
 * customers.
 *
 * @param sample customers to ask about, each with a machine
 * @param codes codes of paid customers that can be redeemed
 * @param deepPage address of a page far from the beginning of the list
 */
record Side(
    Subject subject,
    KeptAlive connection,
    Console anna,
    List<Customer> sample,
    List<String> codes,
    String deepPage) {

  private static final int PAGE = 50;
  private static final int STRIDE = 200;

  /** One customer. */
  record Customer(String tenantId, String subscription, String applianceId, String credential) {}

  /** A service with new customers, which are registered here. */
  static Side empty(Subject subject, int n) throws IOException {
    KeptAlive connection = new KeptAlive(subject.base());
    List<Customer> sample = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 2 * n; i++) {
      String unique = "few-" + i;
      Answer bought =
          connection.post("/register-tenant", Phases.order("pro", unique), subject.secret());
      String code = bought.text("install_code");
      if (i < n) {
        codes.add(code);
        continue;
      }
      Request redeem = Phases.redeem(code, "box-" + unique);
      String credential =
          connection.post(redeem.path(), redeem.json(), null).text("appliance_credential");
      sample.add(
          new Customer(bought.text("tenant_id"), "sub_" + unique, "box-" + unique, credential));
    }
    return side(subject, connection, sample, codes, "/tenants?limit=" + PAGE);
  }

  /** A service with a loaded database. The sample comes from all parts of the database. */
  static Side loaded(Subject subject, Planted planted, int n) throws IOException {
    KeptAlive connection = new KeptAlive(subject.base());
    List<Customer> sample = new ArrayList<>();
    for (int nth = 0; nth < n; nth++) {
      int i = planted.withMachine((int) ((long) nth * planted.appliances() / n));
      sample.add(
          new Customer(
              planted.tenant(i).toString(),
              planted.subscription(i),
              planted.applianceId(i),
              planted.credential(i)));
    }
    List<String> codes = new ArrayList<>();
    for (int i = planted.tenants() - 1; i >= 0 && codes.size() < n; i--) {
      if (planted.isLive(i) && planted.isPaid(i)) {
        codes.add(planted.code(i).value());
      }
    }
    if (codes.size() < n) {
      throw new IllegalStateException("only " + codes.size() + " live codes: fewer -Dbench.n");
    }
    int page = Math.min(10_000, planted.tenants() / PAGE / 2);
    String deep = walk(subject, connection, (page - 1) * PAGE);
    System.out.println("page " + page + ": " + deep);
    return side(subject, connection, sample, codes, deep);
  }

  private static Side side(
      Subject subject,
      KeptAlive connection,
      List<Customer> sample,
      List<String> codes,
      String deepPage)
      throws IOException {
    for (Customer customer : sample) {
      // the first check-in after a load signs and activates; the measured check-ins do neither
      Request checkIn = Phases.checkIn(customer.credential());
      Answer answer = connection.post(checkIn.path(), checkIn.json(), null);
      String wrong = Phases.licensed(0, answer);
      if (wrong != null) {
        throw new IllegalStateException(wrong + ": " + answer);
      }
    }
    return new Side(
        subject, connection, Console.signedIn(subject.base(), "anna"), sample, codes, deepPage);
  }

  /** Follows the cursors. Returns the address of the page after that many tenants. */
  private static String walk(Subject subject, KeptAlive connection, int tenants)
      throws IOException {
    String cursor = null;
    for (int left = tenants; left > 0; left -= STRIDE) {
      String page =
          "/tenants?limit=" + Math.min(left, STRIDE) + (cursor == null ? "" : "&cursor=" + cursor);
      cursor = connection.get(page, subject.secret()).text("next_cursor");
    }
    return "/tenants?limit=" + PAGE + (cursor == null ? "" : "&cursor=" + cursor);
  }

  Customer customer(int number) {
    return sample.get(number % sample.size());
  }

  /** Sends a GET with the service secret, which must succeed. Returns the body's length. */
  int get(String path) throws IOException {
    return require(path, connection.get(path, subject.secret()));
  }

  /** Sends a POST with the service secret, which must succeed. Names and values in turn. */
  int post(String path, String... namesAndValues) throws IOException {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.append(i == 0 ? "\"" : ",\"").append(namesAndValues[i]).append("\":\"");
      json.append(namesAndValues[i + 1]).append('"');
    }
    return send(new Request(path, json.append('}').toString(), true));
  }

  /** Sends the request. Fails unless the status is 200 or 201. */
  int send(Request request) throws IOException {
    String secret = request.isOfTheService() ? subject.secret() : null;
    return require(request.path(), connection.post(request.path(), request.json(), secret));
  }

  /** Opens a page of the console. {@code page} follows {@code /admin/} in the address. */
  int open(String page) {
    Console.Page answer = anna.get("/admin/" + page);
    if (answer.status() != 200) {
      throw new IllegalStateException(page + ": " + answer);
    }
    return answer.body().length();
  }

  private static int require(String path, Answer answer) {
    if (answer.status() != 200 && answer.status() != 201) {
      throw new IllegalStateException(path + ": " + answer);
    }
    return answer.body().length();
  }
}
