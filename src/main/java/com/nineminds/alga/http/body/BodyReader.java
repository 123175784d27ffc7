package com.nineminds.alga.http.body;

import com.nineminds.alga.http.problem.HttpProblem.BodyTooLarge;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import jakarta.json.Json;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Reads the {@link Body} of a request: at most {@link #MAX_BYTES} of UTF-8 JSON with an object at
 * the top. It keeps only the members that the route names by {@link Members}. Throws {@link
 * BodyTooLarge} or {@link InvalidRequest}.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class BodyReader implements MessageBodyReader<Body> {

  /** In bytes. No request of the contract needs more. */
  static final int MAX_BYTES = 64 * 1024;

  /** Some clients write one before their JSON. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** The JSON of the contract has a depth of 1. */
  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(Map.of("org.eclipse.parsson.maxDepth", 64));

  /** In bytes. The requests of real clients are shorter. */
  static final int SHORT = 8 * 1024;

  /**
   * At most half of the cores parse long bodies, because parsing takes long and needs 20 times the
   * memory of the body. Short bodies do not wait for it.
   */
  private static final Semaphore PARSING_LONG_ONES =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == Body.class;
  }

  @Override
  public Body readFrom(
      Class<Body> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream stream)
      throws IOException {
    if (!"identity".equalsIgnoreCase(headers.getFirst(HttpHeaders.CONTENT_ENCODING))
        && headers.containsKey(HttpHeaders.CONTENT_ENCODING)) {
      throw new InvalidRequest("The request body must not be compressed.");
    }
    return read(stream, asked(annotations));
  }

  private static Set<String> asked(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .flatMap(note -> note instanceof Members members ? Stream.of(members) : Stream.empty())
        .map(members -> Set.of(members.value()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the route names no members"));
  }

  /**
   * Reads a body.
   *
   * @param asked the names of the members to keep
   */
  public static Body read(InputStream stream, Set<String> asked) throws IOException {
    byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BodyTooLarge();
    }
    if (bytes.length <= SHORT) {
      return parse(bytes, asked);
    }
    PARSING_LONG_ONES.acquireUninterruptibly();
    try {
      return parse(bytes, asked);
    } finally {
      PARSING_LONG_ONES.release();
    }
  }

  private static Body parse(byte[] bytes, Set<String> asked) {
    int begin = Arrays.mismatch(bytes, BYTE_ORDER_MARK) == 3 ? 3 : 0;
    var json = new ByteArrayInputStream(bytes, begin, bytes.length - begin);
    // this decoder throws on bytes that are not UTF-8
    var text = new InputStreamReader(json, StandardCharsets.UTF_8.newDecoder());
    try (var parser = PARSERS.createParser(text)) {
      return new Body(asked, new MemberScan(parser, asked).members());
    } catch (InvalidRequest e) {
      throw e;
    } catch (JsonParsingException e) {
      throw new InvalidRequest(
          "The request body is not valid JSON (line %d, column %d)."
              .formatted(
                  Math.max(1, e.getLocation().getLineNumber()),
                  Math.max(1, e.getLocation().getColumnNumber())));
    } catch (RuntimeException e) {
      // the parser also refuses bytes that are not UTF-8, deep nesting, and a number with thousands
      // of digits
      throw new InvalidRequest(
          e.getCause() instanceof CharacterCodingException
              ? "The request body is not UTF-8."
              : "The request body is not JSON that this service reads.");
    }
  }
}
