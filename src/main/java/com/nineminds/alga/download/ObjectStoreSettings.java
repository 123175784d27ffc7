package com.nineminds.alga.download;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.net.URI;

/**
 * The object store that has the ISO.
 *
 * @param on whether an object store is configured; if not, the other members are null
 * @param isPathStyle whether the bucket is the beginning of the path; otherwise it is the beginning
 *     of the host
 * @param isoKey the key of the ISO in the bucket
 */
public record ObjectStoreSettings(
    boolean on,
    String endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    boolean isPathStyle,
    String isoKey) {

  private static final String PATH_STYLE = "OBJECT_STORE_PATH_STYLE";

  /** Reads {@code OBJECT_STORE_*}, all or none of them, and {@code APPLIANCE_ISO_KEY}. */
  public static ObjectStoreSettings read(Settings settings) {
    boolean on =
        settings.allOrNone(
            "OBJECT_STORE_ENDPOINT",
            "OBJECT_STORE_BUCKET",
            "OBJECT_STORE_ACCESS_KEY",
            "OBJECT_STORE_SECRET_KEY");
    if (!on) {
      return new ObjectStoreSettings(false, null, null, null, null, null, true, null);
    }
    return new ObjectStoreSettings(
        true,
        settings.url("OBJECT_STORE_ENDPOINT"),
        settings.text("OBJECT_STORE_REGION").orElse("us-east-1"),
        settings.word("OBJECT_STORE_BUCKET"),
        settings.word("OBJECT_STORE_ACCESS_KEY"),
        settings.word("OBJECT_STORE_SECRET_KEY"),
        isPathStyle(settings),
        settings.text("APPLIANCE_ISO_KEY").orElse("appliance/current/alga-appliance.iso"));
  }

  /** A bucket in front of a host is a part of a name, so neither may be anything else. */
  private static boolean isPathStyle(Settings settings) {
    boolean isPathStyle = settings.flag(PATH_STYLE, true);
    String host = URI.create(settings.url("OBJECT_STORE_ENDPOINT")).getRawAuthority();
    if (!isPathStyle && host.matches("\\[.*|[0-9.]+(:[0-9]+)?")) {
      throw new IllegalSetting(PATH_STYLE, "must be true, because the store has no name");
    }
    if (!isPathStyle && !settings.word("OBJECT_STORE_BUCKET").matches("[a-z0-9][a-z0-9.-]*")) {
      throw new IllegalSetting(
          "OBJECT_STORE_BUCKET", "can be a part of the host only with a-z, 0-9, '-' and '.'");
    }
    return isPathStyle;
  }

  /** Never shows the keys. */
  @Override
  public String toString() {
    return on ? endpoint + "/" + bucket + "/" + isoKey : "off";
  }
}
