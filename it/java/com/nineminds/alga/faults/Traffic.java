package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Customers register, install, check in and re-install all the time. An operator uses the console.
 * Another client opens a connection for every request. The class counts the requests, and keeps
 * each one with another answer than on a quiet day.
 */
final class Traffic implements AutoCloseable {

  private static final int CUSTOMERS = 6;
  private static final int PATIENCE_SECONDS = 60;

  /** The pause before each request. The start of a node also needs CPU time. */
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final URI base;
  private final Api api;
  private final Console operator;
  private final AtomicLong requests = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Traffic(URI base) {
    this.base = base;
    this.api = new Api(base);
    this.operator = Console.signedIn(base, "anna");
  }

  /** Starts the traffic. */
  static Traffic at(URI base) {
    Traffic traffic = new Traffic(base);
    for (int i = 0; i < CUSTOMERS; i++) {
      traffic.always(traffic::liveACustomersLife);
    }
    traffic.always(() -> traffic.expect("GET /admin/overview", 200, traffic::overview));
    traffic.always(() -> traffic.expect("GET jwks.json", 200, traffic::keysByAFreshConnection));
    return traffic;
  }

  /** The number of requests so far. */
  long requests() {
    return requests.get();
  }

  /** The requests with a wrong answer or none. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Ends the traffic. Returns after the last answer. */
  @Override
  public void close() {
    over.set(true);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        failures.add("a request without an answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Request {
    int send() throws IOException;
  }

  private void always(Runnable life) {
    threads.execute(
        () -> {
          while (!over.get()) {
            life.run();
          }
        });
  }

  private void liveACustomersLife() {
    String unique = Customer.unique();
    String box = "box-" + unique;
    Answer registered =
        post(
            201,
            "/register-tenant",
            "company_name",
            "Busy " + unique,
            "contact_email",
            unique + "@busy.test",
            "edition",
            "pro",
            "stripe_sub_id",
            "sub_" + unique);
    if (registered == null) {
      return;
    }
    String tenant = registered.text("tenant_id");
    install(registered, box);
    Answer reissued = post(200, "/install-codes/reissue", "tenant_id", tenant);
    if (reissued != null) {
      install(reissued, box);
    }
    expect("GET /tenants/{tenant_id}", 200, () -> api.get("/tenants/" + tenant).status());
  }

  private void install(Answer withCode, String box) {
    Answer redeemed =
        post(200, "/register", "claim_code", withCode.text("install_code"), "appliance_id", box);
    if (redeemed == null) {
      return;
    }
    String credential = redeemed.text("appliance_credential");
    post(200, "/check-in", "appliance_credential", credential);
    post(200, "/verify-appliance", "credential", credential);
  }

  /** Returns null if the request failed. */
  private Answer post(int expected, String path, Object... body) {
    Answer[] answer = new Answer[1];
    return expect(
            "POST " + path,
            expected,
            () -> {
              answer[0] = api.service(path, body);
              return answer[0].status();
            })
        ? answer[0]
        : null;
  }

  private int overview() {
    return operator.get("/admin/overview").status();
  }

  private int keysByAFreshConnection() throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(answer.split(" ", 3))
          .skip(1)
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    }
  }

  private boolean expect(String what, int expected, Request request) {
    LockSupport.parkNanos(PAUSE.toNanos());
    requests.incrementAndGet();
    try {
      int status = request.send();
      if (status == expected) {
        return true;
      }
      failures.add(what + ": " + status);
    } catch (IOException | RuntimeException | AssertionError e) {
      failures.add(what + ": " + e);
    }
    return false;
  }
}
