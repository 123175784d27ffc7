package com.nineminds.alga.operator.guard;

import com.nineminds.alga.http.problem.RefusedRequest;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.operator.OperatorSettings;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers with a page of the console if the server refuses a request before {@link ConsoleGuard}
 * does.
 */
@WebFilter(urlPatterns = RefusedRequest.PATH, dispatcherTypes = DispatcherType.ERROR)
public class RefusedPage extends HttpFilter {

  private static final long serialVersionUID = 1;

  @Inject transient OperatorSettings settings;
  @Inject transient ConsoleAnswers answers;
  @Inject transient CurrentRequest current;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String address = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (!settings.on()
        || !address.startsWith(request.getContextPath() + "/admin/")
        || !(status instanceof Integer code)) {
      chain.doFilter(request, response);
      return;
    }
    if (current.id() != null) {
      // ConsoleGuard began this request and will end it
      answers.fail(refusal(code), request, response);
      return;
    }
    answers.begin(request, response);
    try {
      answers.fail(refusal(code), request, response);
    } finally {
      answers.end(request, response);
    }
  }

  private static Refusal refusal(int status) {
    if (status >= 500) {
      return Refusal.internal_error;
    }
    return switch (status) {
      case HttpServletResponse.SC_NOT_FOUND -> Refusal.not_found;
      case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> Refusal.wrong_method;
      default -> Refusal.unreadable;
    };
  }
}
