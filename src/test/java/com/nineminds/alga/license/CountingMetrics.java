package com.nineminds.alga.license;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** The metrics that a license needs. It counts increments and timings. */
final class CountingMetrics {

  private final Map<String, Integer> counts = new TreeMap<>();

  /** The number of increments of each counter, and of stops of each timer. */
  Map<String, Integer> counts() {
    return counts;
  }

  MetricRegistry registry() {
    return proxy(
        MetricRegistry.class,
        (self, method, arguments) -> {
          String name = (String) arguments[0];
          return method.getName().equals("timer") ? timer(name) : counter(name, arguments[1]);
        });
  }

  private Counter counter(String name, Object tags) {
    String labels =
        Arrays.stream((Tag[]) tags)
            .map(tag -> tag.getTagName() + "=" + tag.getTagValue())
            .collect(Collectors.joining(",", "{", "}"));
    return proxy(Counter.class, (self, method, arguments) -> count(name + labels));
  }

  private Timer timer(String name) {
    Timer.Context context =
        proxy(
            Timer.Context.class,
            (self, method, arguments) -> {
              count(name);
              return 0L;
            });
    return proxy(Timer.class, (self, method, arguments) -> context);
  }

  private Object count(String name) {
    counts.merge(name, 1, Integer::sum);
    return null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
