package com.nineminds.alga.console;

import com.nineminds.alga.overview.Figures;
import com.nineminds.alga.overview.Overview;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;

/**
 * The page {@code /admin/appliances}: the lists behind the overview's numbers of machines and
 * codes.
 */
@Named
@RequestScoped
public class AppliancesPage {

  /** The lists. The page's address and texts use these names. */
  public enum Show {
    checked_in,
    silent,
    refused,
    expiring_codes
  }

  @Inject Overview overview;
  @Inject Times times;
  @Inject HttpServletRequest request;

  private Figures figures;
  private Show show;

  @PostConstruct
  void read() {
    Show asked = PageParameters.word(request, "show", Show.class);
    show = asked == null ? Show.checked_in : asked;
    figures = overview.figures(times.zone());
  }

  public Show getShow() {
    return show;
  }

  public List<Show> getShows() {
    return List.of(Show.values());
  }

  /** When the figures were taken. */
  public Instant getTaken() {
    return figures.taken();
  }

  /** The lines of the selected list, at most 500. */
  public List<Figures.Line> getLines() {
    return switch (show) {
      case checked_in -> figures.activity().last();
      case silent -> figures.silent().lines();
      case refused -> figures.refused().lines();
      case expiring_codes -> figures.expiring().lines();
    };
  }

  /** The size of the whole list, of which {@link #getLines} is the beginning. */
  public long getTotal() {
    return switch (show) {
      case checked_in -> figures.activity().last().size();
      case silent -> figures.silent().total();
      case refused -> figures.refused().total();
      case expiring_codes -> figures.expiring().total();
    };
  }
}
