package com.nineminds.alga.http.problem;

import com.nineminds.alga.http.JsonSetup;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.http.request.Requests;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers with a problem if the server refuses a request before any route sees it, for example
 * because of an address or a header that it cannot read. It is the error page of web.xml. Clients
 * cannot request it.
 */
@WebServlet(RefusedRequest.PATH)
public class RefusedRequest extends HttpServlet {

  /** The path of this error page. */
  public static final String PATH = "/WEB-INF/refused";

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(RefusedRequest.class.getName());

  @Inject transient Requests requests;
  @Inject transient CurrentRequest current;
  @Inject transient PathRules rules;

  private final transient JsonSetup json = new JsonSetup();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = current.id() == null ? requests.begin(request) : current.id();
    ProblemBody body = body(request);
    current.outcome(body.code());
    response.setStatus(body.status());
    response.setHeader(Requests.REQUEST_ID, id);
    response.setContentType(ProblemBody.MEDIA_TYPE);
    response
        .getOutputStream()
        .write(json.getContext(ProblemBody.class).toJson(body).getBytes(StandardCharsets.UTF_8));
    requests.end(request.getMethod(), Requests.REFUSED, body.status());
  }

  private ProblemBody body(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Address address = new Address(String.valueOf(uri));
    if (status instanceof Integer code
        && code == HttpServletResponse.SC_BAD_REQUEST
        && address.isRefused()) {
      return rules.answer(address);
    }
    if (status instanceof Integer code && code == HttpServletResponse.SC_BAD_REQUEST) {
      return ProblemBody.of(new InvalidRequest("The request could not be read; please check it."));
    }
    Status known = status instanceof Integer code ? Status.fromStatusCode(code) : Status.NOT_FOUND;
    if (known != null && known.getStatusCode() < 500) {
      return ProblemBody.of(known);
    }
    LOG.log(
        Level.SEVERE,
        "unexpected error",
        (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
    return ProblemBody.INTERNAL_ERROR;
  }
}
