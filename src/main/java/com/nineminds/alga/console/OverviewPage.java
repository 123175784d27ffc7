package com.nineminds.alga.console;

import com.nineminds.alga.overview.Figures;
import com.nineminds.alga.overview.Overview;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The page {@code /admin/overview}, which uses it as {@code overviewPage}. */
@Named
@RequestScoped
public class OverviewPage {

  @Inject Overview overview;
  @Inject Times times;

  private Figures figures;

  @PostConstruct
  void read() {
    figures = overview.figures(times.zone());
  }

  public Figures getFigures() {
    return figures;
  }

  /** Registrations per day, separated by commas for the chart's script. */
  public String getRegistrations() {
    return joined(figures.growth().days(), Figures.Day::registrations);
  }

  /** Installs per day, separated by commas. */
  public String getInstalls() {
    return joined(figures.growth().days(), Figures.Day::installs);
  }

  /** The appliances by the hour of their last check-in, separated by commas. */
  public String getCheckins() {
    return joined(figures.activity().hours(), Figures.Hour::checkins);
  }

  private static <T> String joined(List<T> bars, ToLongFunction<T> height) {
    return bars.stream()
        .map(bar -> Long.toString(height.applyAsLong(bar)))
        .collect(Collectors.joining(","));
  }
}
