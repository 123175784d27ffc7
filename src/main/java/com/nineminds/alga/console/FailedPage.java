package com.nineminds.alga.console;

import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.operator.guard.ConsoleAnswers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;

/** The page for an address that does not exist, and for a request that failed. */
@Named
@RequestScoped
public class FailedPage {

  @Inject CurrentRequest current;
  @Inject HttpServletRequest request;

  /** The name of the text for the problem. */
  public String getTitle() {
    return "failed_" + status();
  }

  /** The name of the text for what to do next. */
  public String getHint() {
    return "failed_hint_" + status();
  }

  public String getRequestId() {
    return current.id();
  }

  private Object status() {
    Object status = request.getAttribute(ConsoleAnswers.FAILED);
    return status == null ? 404 : status;
  }
}
