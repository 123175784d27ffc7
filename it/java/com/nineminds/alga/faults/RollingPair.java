package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Several nodes behind a load balancer, which sends each request to the next node. It stops using a
 * node before the node is taken away. Customers send requests all the time.
 */
final class RollingPair implements AutoCloseable {

  /** The pause before each customer. The start of a node also needs CPU time. */
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final String name;
  private final List<Node> nodes = new CopyOnWriteArrayList<>();
  private final ReadWriteLock membership = new ReentrantReadWriteLock();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile String secret;
  private volatile Thread customers;

  RollingPair(String name) {
    this.name = name;
  }

  /** Starts the two nodes. */
  List<Node> start(Map<String, String> settings) {
    nodes.addAll(Node.startAll(settings, nextName(), nextName()));
    return List.copyOf(nodes);
  }

  private String nextName() {
    return name + "-" + started.incrementAndGet();
  }

  /** Takes the node out, stops it, and starts another node with these settings. */
  Node replace(Node old, Map<String, String> settings) {
    membership.writeLock().lock();
    try {
      nodes.remove(old);
    } finally {
      membership.writeLock().unlock();
    }
    old.terminate();
    Node node = Node.launch(nextName(), settings);
    old.awaitExit();
    nodes.add(node.awaitReady());
    return node;
  }

  /** Starts customers who register, install, check in and ask for another code. */
  void beginTraffic(String serviceSecret) {
    secret = serviceSecret;
    customers = new Thread(this::serve, name + " customers");
    customers.start();
  }

  /** Sets the service secret that the storefront uses from now on. */
  void trafficSecret(String serviceSecret) {
    secret = serviceSecret;
  }

  /** Stops the customers. Returns the failed requests. */
  List<String> endTraffic() {
    Thread running = customers;
    customers = null;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.copyOf(failures);
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    endTraffic();
    Node.closeAll(nodes);
  }

  private void serve() {
    while (customers != null) {
      LockSupport.parkNanos(PAUSE.toNanos());
      try {
        oneCustomer();
      } catch (RuntimeException | AssertionError e) {
        failures.add(e + " " + e.getCause());
      }
    }
  }

  private void oneCustomer() {
    String unique = Customer.unique();
    String tenant =
        service(
                "/register-tenant",
                "company_name",
                "Traffic",
                "contact_email",
                unique + "@it.test",
                "edition",
                "pro",
                "stripe_sub_id",
                "sub_" + unique)
            .text("tenant_id");
    String code = service("/install-codes/reissue", "tenant_id", tenant).text("install_code");
    Answer box = appliance("/register", "claim_code", code, "appliance_id", "box");
    appliance("/check-in", "appliance_credential", box.text("appliance_credential"));
  }

  private Answer service(String path, Object... body) {
    return send(path, Map.of("Authorization", "Bearer " + secret), body);
  }

  private Answer appliance(String path, Object... body) {
    return send(path, Map.of(), body);
  }

  private Answer send(String path, Map<String, String> headers, Object... body) {
    membership.readLock().lock();
    try {
      Node node = nodes.get(requests.getAndIncrement() % nodes.size());
      Answer answer = new Api(node.base()).send("POST", path, Api.object(body).toString(), headers);
      if (answer.status() / 100 != 2) {
        throw new AssertionError(path + " " + answer);
      }
      return answer;
    } finally {
      membership.readLock().unlock();
    }
  }
}
