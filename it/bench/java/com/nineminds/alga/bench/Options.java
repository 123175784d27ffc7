package com.nineminds.alga.bench;

import java.net.URI;

/**
 * The options of the program. They are system properties that begin with {@code bench.}
 *
 * @param mode {@code phases}, {@code return} or {@code load}; the property is {@code bench} itself
 * @param n tenants of each edition in a round; in mode {@code load}, requests of each kind
 * @param warmUp tenants of each edition in the warm-up, which is not measured
 * @param connections connections that stay open
 * @param rate requests per second in the paced phase, which lasts {@code paced} seconds
 * @param tenants tenants of the loaded database; {@code appliances} of them have a machine
 * @param few tenants of the other database, so that its pages are as long; 0 for an empty one
 * @param seconds time within which all appliances return
 * @param url address of a service that runs already; null to start one
 * @param secret service secret of that service
 * @param jdbc JDBC URL of its database, with user and password
 * @param pid process of the service, for its CPU time; 0 if this is not needed
 */
record Options(
    String mode,
    int n,
    int warmUp,
    int rounds,
    int connections,
    int rate,
    int paced,
    int tenants,
    int appliances,
    int few,
    int seconds,
    URI url,
    String secret,
    String jdbc,
    long pid) {

  static Options read() {
    String mode = System.getProperty("bench", "phases");
    String url = System.getProperty("bench.url");
    boolean comparesSizes = mode.equals("load");
    boolean returns = mode.equals("return");
    return new Options(
        mode,
        Integer.getInteger("bench.n", comparesSizes ? 200 : 3_000),
        Integer.getInteger("bench.warmup", comparesSizes || returns ? 5_000 : 20_000),
        Integer.getInteger("bench.rounds", 4),
        Integer.getInteger("bench.connections", returns ? 1_000 : 16),
        Integer.getInteger("bench.rate", 300),
        Integer.getInteger("bench.paced", 20),
        Integer.getInteger("bench.tenants", returns ? 100_000 : 1_000_000),
        Integer.getInteger("bench.appliances", returns ? 100_000 : 300_000),
        Integer.getInteger("bench.few", 0),
        Integer.getInteger("bench.seconds", 60),
        url == null ? null : URI.create(url),
        System.getProperty("bench.secret"),
        System.getProperty("bench.jdbc"),
        Long.getLong("bench.pid", 0));
  }
}
