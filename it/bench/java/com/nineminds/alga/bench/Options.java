package com.nineminds.alga.bench;

import java.net.URI;

/**
 * What the program is told, by system properties that begin with {@code bench.}
 *
 * @param mode {@code phases}, {@code return} or {@code load}; the property is {@code bench} itself
 * @param n tenants of each edition in a round; requests of a kind where sizes are compared
 * @param warmUp the same for the round that nobody measures
 * @param connections that are kept alive
 * @param rate requests a second of the phase that is paced, for {@code paced} seconds
 * @param tenants of the loaded database; {@code appliances} of them have a machine
 * @param few tenants of the other one, so that both have pages as long; 0 for an empty one
 * @param seconds in which the returning appliances come
 * @param url of a service that runs already; null to start one
 * @param secret of that service
 * @param jdbc of its database, with user and password
 * @param pid its process, if its CPU time is to be read; 0 if not
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
