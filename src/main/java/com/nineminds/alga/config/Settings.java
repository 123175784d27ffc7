package com.nineminds.alga.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings as an operator wrote them. A value comes from {@code NAME} itself, or from the file
 * that {@code NAME_FILE} names, never from both. A byte order mark at the beginning of a file and
 * white space at its end do not belong to the value. Every method throws {@link IllegalSetting} if
 * a value is missing or wrong.
 */
public final class Settings {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** A name, an IPv4 address or an IPv6 address in brackets; a port may follow. */
  private static final Pattern AUTHORITY =
      Pattern.compile("([\\w-]+(\\.[\\w-]+)*\\.?|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?");

  /**
   * What Java makes of each byte of the environment that the locale of the process does not have.
   */
  private static final char UNREADABLE = '\ufffd';

  private final Function<String, Optional<String>> lookUp;

  /**
   * Creates settings from any source.
   *
   * @param lookUp gives the raw value of a name; empty if it is not set
   */
  public Settings(Function<String, Optional<String>> lookUp) {
    this.lookUp = lookUp;
  }

  /** The value; empty if neither {@code name} nor its file is set. */
  public Optional<String> text(String name) {
    Optional<String> value = lookUp.apply(name);
    Optional<String> file = lookUp.apply(name + "_FILE");
    if (value.isPresent() && file.isPresent()) {
      throw new IllegalSetting(name, "is set, and so is " + name + "_FILE; set only one of them");
    }
    if (value.isPresent() && value.get().indexOf(UNREADABLE) >= 0) {
      throw new IllegalSetting(
          name,
          "has a character that this process cannot read; start it in a UTF-8 locale (such as"
              + " LC_ALL=C.UTF-8), or set "
              + name
              + "_FILE");
    }
    return file.isPresent() ? Optional.of(content(name + "_FILE", file.get())) : value;
  }

  /**
   * The value of a setting that the server's configuration reads too; empty if it is not set. It
   * cannot come from a file.
   */
  public Optional<String> plain(String name) {
    if (lookUp.apply(name + "_FILE").isPresent()) {
      throw new IllegalSetting(name + "_FILE", "is not read for this setting; set " + name);
    }
    return lookUp.apply(name);
  }

  /** One port of a setting. The value of a Kubernetes service link is refused with advice. */
  public static int port(String name, String text) {
    if (text.contains("://")) {
      throw new IllegalSetting(
          name,
          "is an address, as Kubernetes sets it for a service of this name; set enableServiceLinks:"
              + " false in the pod, or give the service another name");
    }
    if (text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new IllegalSetting(name, "expected a whole number from 1 to 65535");
  }

  /** The value of a required setting. */
  public String required(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalSetting(name, "is required; set it, or " + name + "_FILE"));
  }

  /** A required value of visible characters, which a key or a name of another service has. */
  public String word(String name) {
    String word = required(name);
    if (word.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      throw new IllegalSetting(name, "must not contain white space, not even at its end");
    }
    return word;
  }

  /** A whole number from {@code least} to {@code most}; {@code byDefault} if it is not set. */
  public int number(String name, int byDefault, int least, int most) {
    return text(name)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text.strip());
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // reported below
              }
              throw new IllegalSetting(
                  name, "expected a whole number from " + least + " to " + most);
            })
        .orElse(byDefault);
  }

  /** {@code true} or {@code false}; {@code byDefault} if it is not set. */
  public boolean flag(String name, boolean byDefault) {
    return text(name)
        .map(
            text -> {
              if (text.strip().matches("true|false")) {
                return Boolean.valueOf(text.strip());
              }
              throw new IllegalSetting(name, "expected true or false");
            })
        .orElse(byDefault);
  }

  /** Exactly {@code length} bytes, written in base64; empty if they are not set. */
  public Optional<byte[]> base64(String name, int length) {
    return text(name)
        .map(
            text -> {
              try {
                byte[] bytes = Base64.getDecoder().decode(text.strip());
                if (bytes.length == length) {
                  return bytes;
                }
              } catch (IllegalArgumentException e) {
                // reported below
              }
              throw new IllegalSetting(name, "expected " + length + " bytes in base64");
            });
  }

  /**
   * An absolute http or https address, without a trailing slash. It is required. It has no user
   * name, no query and no fragment. A host of a private network may contain an underscore.
   */
  public String url(String name) {
    return address(name, false);
  }

  /** As {@link #url}, of a document, whose address may have a query. */
  public String documentUrl(String name) {
    return address(name, true);
  }

  private String address(String name, boolean mayHaveQuery) {
    String text = required(name).strip();
    try {
      URI uri = new URI(text);
      String authority = uri.getRawAuthority();
      if (authority != null && authority.contains("@")) {
        throw new IllegalSetting(name, "must not contain a user name or a password");
      }
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && authority != null
          && AUTHORITY.matcher(authority).matches()
          && (uri.getRawQuery() == null || mayHaveQuery)
          && uri.getRawFragment() == null) {
        return text.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    throw new IllegalSetting(
        name, "expected an address like https://license.example.com, without a query");
  }

  /** Whether all of {@code names} are set (true) or none (false). Refuses any other case. */
  public boolean allOrNone(String... names) {
    List<String> missing =
        Arrays.stream(names).filter(name -> text(name).isEmpty()).collect(Collectors.toList());
    if (!missing.isEmpty() && missing.size() < names.length) {
      throw new IllegalSetting(
          String.join(", ", missing),
          "missing; set all of " + String.join(", ", names) + ", or none of them");
    }
    return missing.isEmpty();
  }

  private static String content(String name, String file) {
    String content;
    try {
      content = Files.readString(Path.of(file)).stripTrailing();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalSetting(name, "the file that it names cannot be read");
    }
    String value = content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
    if (value.isEmpty()) {
      throw new IllegalSetting(name, "the file that it names is empty");
    }
    return value;
  }
}
