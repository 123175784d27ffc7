package com.nineminds.alga.http;

import com.nineminds.alga.http.HttpProblem.BodyTooLarge;
import com.nineminds.alga.http.HttpProblem.InvalidRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads a request's {@link Body}: at most {@link #MAX_BYTES} of UTF-8 JSON whose top is an object.
 * Throws {@link BodyTooLarge} or {@link InvalidRequest}.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class BodyReader implements MessageBodyReader<Body> {

  /** No request of the contract needs more. */
  static final int MAX_BYTES = 64 * 1024;

  /**
   * The parser recurses: its own limit of 1,000 overflows the stack, which is no exception. A
   * member given twice means something else to each reader (RFC 8259, section 4), so it means
   * nothing here.
   */
  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(
          Map.of(
              "org.eclipse.parsson.maxDepth", 64, "org.eclipse.parsson.rejectDuplicateKeys", true));

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
    byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BodyTooLarge();
    }
    if (parsed(decoded(bytes)) instanceof JsonObject object) {
      return new Body(object);
    }
    throw new InvalidRequest("The request body must be a JSON object.");
  }

  private static JsonValue parsed(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      parser.next();
      JsonValue json = parser.getValue();
      // refuses what comes after it, which a JsonReader would not look at
      parser.hasNext();
      return json;
    } catch (JsonParsingException e) {
      throw new InvalidRequest(
          "The request body is not valid JSON (line %d, column %d)."
              .formatted(
                  Math.max(1, e.getLocation().getLineNumber()),
                  Math.max(1, e.getLocation().getColumnNumber())));
    } catch (RuntimeException e) {
      // all that the parser refuses otherwise: too deep, a member twice, a number of thousands of
      // digits
      throw new InvalidRequest("The request body is not JSON that this service reads.");
    }
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidRequest("The request body is not UTF-8.");
    }
  }
}
