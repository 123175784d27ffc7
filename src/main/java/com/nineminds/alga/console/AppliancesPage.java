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

  /** Which list. Spelled as in the page's address and texts. */
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

  public Instant getTaken() {
    return figures.taken();
  }

  public List<Figures.Line> getLines() {
    return switch (show) {
      case checked_in -> figures.activity().last();
      case silent -> figures.silent().lines();
      case refused -> figures.refused().lines();
      case expiring_codes -> figures.expiring().lines();
    };
  }

  /** How many there are, of which {@link #getLines} are the first. */
  public long getTotal() {
    return switch (show) {
      case checked_in -> figures.activity().last().size();
      case silent -> figures.silent().total();
      case refused -> figures.refused().total();
      case expiring_codes -> figures.expiring().total();
    };
  }
}
