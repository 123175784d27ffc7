package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * The operator console without a browser, for races and attacks. It keeps cookies, follows
 * redirects only in {@link #follow}, and sends the hidden fields of a form. Threads may share one
 * console, which is one session.
 */
public final class Console {

  /** The path of the sign-in page. */
  public static final String SIGN_IN = "/admin/sign-in";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** A field of a form. */
  public record Field(String name, String value) {}

  /** The form that the press of a button sends, unchanged or changed. */
  public record Form(URI action, String method, List<Field> fields) {

    /** The same form with other values. A name may omit the prefix that Faces adds. */
    public Form with(String... namesAndValues) {
      List<Field> changed = new ArrayList<>(fields);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        String name = namesAndValues[i];
        String value = namesAndValues[i + 1];
        if (changed.stream().noneMatch(field -> is(field, name))) {
          throw new IllegalArgumentException("no field " + name + " in " + fields);
        }
        changed.replaceAll(field -> is(field, name) ? new Field(field.name(), value) : field);
      }
      return new Form(action, method, changed);
    }

    /** The same form without a field. */
    public Form without(String name) {
      return new Form(action, method, fields.stream().filter(field -> !is(field, name)).toList());
    }

    /** The same form with a field that the page does not have. */
    public Form and(String name, String value) {
      List<Field> more = new ArrayList<>(fields);
      more.add(new Field(name, value));
      return new Form(action, method, more);
    }

    /** The value of a field. */
    public String value(String name) {
      return fields.stream().filter(field -> is(field, name)).findFirst().orElseThrow().value();
    }

    private static boolean is(Field field, String name) {
      return field.name().equals(name) || field.name().endsWith(":" + name);
    }

    private String encoded() {
      return fields.stream()
          .map(field -> encode(field.name()) + "=" + encode(field.value()))
          .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /** An answer of the console. */
  public record Page(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /** The target of the redirect. */
    public URI location() {
      return response.uri().resolve(header("Location").orElseThrow());
    }

    public Document html() {
      return Jsoup.parse(body(), response.uri().toString());
    }

    /** The form that a press of the button sends. The CSS selector names the button. */
    public Form form(String button) {
      Element pressed = html().expectFirst(button);
      FormElement form = (FormElement) pressed.closest("form");
      if (form == null) {
        throw new IllegalArgumentException(button + " is in no form: " + body());
      }
      List<Field> fields = new ArrayList<>();
      for (KeyVal field : form.formData()) {
        if (form.select("[type=submit]").stream()
            .noneMatch(b -> b.attr("name").equals(field.key()))) {
          fields.add(new Field(field.key(), field.value()));
        }
      }
      if (pressed.hasAttr("name")) {
        fields.add(new Field(pressed.attr("name"), pressed.attr("value")));
      }
      return new Form(
          response.uri().resolve(form.attr("action")), form.attr("method"), List.copyOf(fields));
    }

    @Override
    public String toString() {
      return status() + " " + response.headers().map() + "\n" + body();
    }
  }

  private final URI base;
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private volatile String address = "";

  public Console(URI base) {
    this.base = base;
  }

  /** Signs in as that operator of {@link Stage}. */
  public static Console signedIn(URI base, String operator) {
    Console console = new Console(base);
    Page answer = console.signIn(operator, Stage.operatorPassword(operator));
    if (answer.status() != 302 && answer.status() != 303) {
      throw new AssertionError(answer.toString());
    }
    return console;
  }

  /** Sets the client address that the trusted proxy before the node reports from now on. */
  public Console at(String elsewhere) {
    address = elsewhere;
    return this;
  }

  /** Tries to sign in. */
  public Page signIn(String name, String password) {
    return send(get(SIGN_IN).form("#go").with("name", name, "password", password));
  }

  /** The cookies of this session. A test may read and change them. */
  public Map<String, String> cookies() {
    return cookies;
  }

  public Page get(String path) {
    return send("GET", base.resolve(path), null, Map.of());
  }

  /** Sends the form. */
  public Page send(Form form) {
    return send(form, Map.of());
  }

  /** Sends the form with further headers, such as {@code Origin}. */
  public Page send(Form form, Map<String, String> headers) {
    return form.method().equalsIgnoreCase("post")
        ? send("POST", form.action(), form.encoded(), headers)
        : send("GET", form.action().resolve("?" + form.encoded()), null, headers);
  }

  /** Follows the redirects of the page, up to five. */
  public Page follow(Page page) {
    Page last = page;
    for (int hops = 0; last.status() / 100 == 3 && hops < 5; hops++) {
      last = send("GET", last.location(), null, Map.of());
    }
    return last;
  }

  /**
   * Sends any request. {@code body} may be null. The body is a form from a page of the console,
   * unless {@code headers} say otherwise. A header with an empty value is not sent.
   */
  public Page send(String method, URI uri, String body, Map<String, String> headers) {
    BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).method(method, content);
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (!method.equals("GET") && !headers.containsKey("Origin")) {
      request.header("Origin", base.toString()); // as every browser does
    }
    if (!address.isEmpty()) {
      request.header("X-Forwarded-For", address);
    }
    headers.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            request.setHeader(name, value);
          }
        });
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return new Page(response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String header) {
    for (HttpCookie cookie : HttpCookie.parse(header)) {
      if (cookie.getMaxAge() == 0) {
        cookies.remove(cookie.getName());
      } else {
        cookies.put(cookie.getName(), cookie.getValue());
      }
    }
  }
}
