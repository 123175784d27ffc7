package com.nineminds.alga.console;

import com.nineminds.alga.http.request.Requests;
import com.nineminds.alga.operator.guard.ConsoleAnswers;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /} in a browser: names the service, and links to the console and to the description of
 * the routes. Other clients get 404, since the contract has no such route.
 */
@WebServlet({"", FrontPage.STYLE})
public class FrontPage extends HttpServlet {

  static final String STYLE = "/front.css";

  private static final long serialVersionUID = 1;
  private static final Pattern HTML =
      Pattern.compile("(?i)(?:^|,)\\s*text/html\\s*(?:$|,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:$|,)))");

  @Inject transient ConsoleAnswers answers;
  @Inject transient Requests requests;

  private final String page = read("front.html");
  private final String style = read("front.css");

  /** Whether a client with this {@code Accept} header asks for a page. */
  static boolean isBrowser(String accept) {
    return accept != null && HTML.matcher(accept).find();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean isStyle = request.getServletPath().equals(STYLE);
    boolean isReading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (!isReading || !(isStyle || isBrowser(request.getHeader("Accept")))) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setHeader(Requests.REQUEST_ID, requests.begin(request));
    answers.addHeaders(request, response);
    response.setHeader("Vary", "Accept");
    response.setContentType(isStyle ? "text/css; charset=utf-8" : "text/html; charset=utf-8");
    byte[] content = (isStyle ? style : page(answers.console())).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(content.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(content);
    }
    requests.end(request.getMethod(), isStyle ? STYLE : "/", response.getStatus());
  }

  /**
   * The page as HTML.
   *
   * @param console the address of the console, which needs no escapes; empty if there is none
   */
  String page(Optional<String> console) {
    String link =
        console.map("<li><a href=\"%s\">The console</a>, for operators</li>"::formatted).orElse("");
    return page.replace("<!-- console -->", link);
  }

  private static String read(String name) {
    try (InputStream file = FrontPage.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
