package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.OpenApiDocument;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.http.problem.Problem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service serves the document, which has all its routes and problem codes. */
class OpenApiIT {

  private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target", "classes");
  private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src", "main", "java");

  /** Codes that only the pages of the console use. */
  private static final Set<String> OF_THE_CONSOLE = Set.of("code_changed", "standing_changed");

  @Test
  void servedDocumentIsTheOneInTheWar() throws Exception {
    JsonNode served = served();
    assertThat(served.get("openapi").asString()).startsWith("3.1");
    assertSame("/paths", OpenApiDocument.root().get("paths"), served.get("paths"));
    assertSame("/components", OpenApiDocument.root().get("components"), served.get("components"));
  }

  @Test
  void everyRouteOfTheCodeIsInTheDocumentAndTheOtherWayRound() throws Exception {
    Set<String> declared = new TreeSet<>();
    for (Class<?> type : classes()) {
      if (type.isAnnotationPresent(Path.class)) {
        declared.addAll(routes(type));
      }
    }
    assertThat(declared).isNotEmpty();
    assertThat(OpenApiDocument.routes()).isEqualTo(declared);
  }

  @Test
  void everyProblemCodeOfTheCodeIsInTheDocument() throws Exception {
    Set<String> documented = documentedCodes();
    documented.addAll(OF_THE_CONSOLE);
    int problems = 0;
    for (Class<?> type : classes()) {
      if (Problem.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        assertThat(documented).as(type.getName()).contains(code(type));
        problems++;
      }
    }
    assertThat(problems).isGreaterThan(10);
  }

  @Test
  void everyProblemCodeOfTheDocumentIsInTheCode() throws Exception {
    Set<String> known = new TreeSet<>();
    for (Class<?> type : classes()) {
      if (Problem.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        known.add(code(type));
      }
    }
    known.removeAll(OF_THE_CONSOLE);
    // the mapper gives these codes to an unexpected error and to refusals of JAX-RS
    known.add("internal_error");
    known.add("unsupported_media_type");
    known.add("not_acceptable");
    assertThat(documentedCodes()).isEqualTo(known);
  }

  @Test
  void everyProblemCodeHasAnExampleOfItsOwn() {
    JsonNode examples = OpenApiDocument.root().at("/components/examples");
    for (String code : documentedCodes()) {
      assertThat(examples.at("/" + code + "/value/code").asString()).isEqualTo(code);
    }
  }

  private static Set<String> documentedCodes() {
    Set<String> codes = new TreeSet<>();
    OpenApiDocument.root()
        .at("/components/schemas/Problem/properties/code/enum")
        .forEach(code -> codes.add(code.asString()));
    return codes;
  }

  /** Compares every member, and names the first difference. */
  private static void assertSame(String pointer, JsonNode expected, JsonNode actual) {
    assertThat(actual).as(pointer).isNotNull();
    if (expected.isObject()) {
      assertThat(new TreeSet<>(actual.propertyNames()))
          .as(pointer)
          .isEqualTo(new TreeSet<>(expected.propertyNames()));
      expected
          .properties()
          .forEach(
              member ->
                  assertSame(
                      pointer + "/" + member.getKey(),
                      member.getValue(),
                      actual.get(member.getKey())));
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(pointer).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertSame(pointer + "/" + i, expected.get(i), actual.get(i));
      }
    } else if (expected.isNumber()) {
      assertThat(actual.decimalValue()).as(pointer).isEqualByComparingTo(expected.decimalValue());
    } else {
      assertThat(actual).as(pointer).isEqualTo(expected);
    }
  }

  private static JsonNode served() throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(Stage.node().base().resolve("/openapi?format=json")).build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }

  private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(CLASSES.resolve("com/nineminds/alga"))) {
      for (java.nio.file.Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
        if (!name.endsWith("package-info")) {
          classes.add(Class.forName(name, false, OpenApiIT.class.getClassLoader()));
        }
      }
    }
    return classes;
  }

  private static Set<String> routes(Class<?> resource) {
    String root = resource.getAnnotation(Path.class).value();
    Set<String> routes = new TreeSet<>();
    for (Method method : resource.getMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          Path path = method.getAnnotation(Path.class);
          routes.add(verb.value() + " " + root + (path == null ? "" : path.value()));
        }
      }
    }
    assertThat(routes).as(resource.getName()).isNotEmpty();
    return routes;
  }

  /** The code of a problem, from its source. */
  private static String code(Class<?> problem) throws IOException {
    Class<?> outer = problem.getNestHost();
    String source = Files.readString(SOURCES.resolve(outer.getName().replace('.', '/') + ".java"));
    Matcher code =
        Pattern.compile(
                "class " + problem.getSimpleName() + "\\b.*?super\\(\\s*[0-9]{3},\\s*\"([a-z_]+)\"",
                Pattern.DOTALL)
            .matcher(source);
    assertThat(code.find()).as(problem.getName()).isTrue();
    return code.group(1);
  }
}
