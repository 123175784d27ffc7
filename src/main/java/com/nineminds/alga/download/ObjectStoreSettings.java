package com.nineminds.alga.download;

import com.nineminds.alga.config.Settings;

/**
 * The object store that has the ISO.
 *
 * @param on whether an object store is configured; if not, the other members are null
 * @param isoKey the key of the ISO in the bucket
 */
public record ObjectStoreSettings(
    boolean on,
    String endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    String isoKey) {

  /** Reads {@code OBJECT_STORE_*}, all or none of them, and {@code APPLIANCE_ISO_KEY}. */
  public static ObjectStoreSettings read(Settings settings) {
    boolean on =
        settings.allOrNone(
            "OBJECT_STORE_ENDPOINT",
            "OBJECT_STORE_BUCKET",
            "OBJECT_STORE_ACCESS_KEY",
            "OBJECT_STORE_SECRET_KEY");
    if (!on) {
      return new ObjectStoreSettings(false, null, null, null, null, null, null);
    }
    return new ObjectStoreSettings(
        true,
        settings.url("OBJECT_STORE_ENDPOINT"),
        settings.text("OBJECT_STORE_REGION").orElse("us-east-1"),
        settings.word("OBJECT_STORE_BUCKET"),
        settings.word("OBJECT_STORE_ACCESS_KEY"),
        settings.word("OBJECT_STORE_SECRET_KEY"),
        settings.text("APPLIANCE_ISO_KEY").orElse("appliance/current/alga-appliance.iso"));
  }

  /** Never shows the keys. */
  @Override
  public String toString() {
    return on ? endpoint + "/" + bucket + "/" + isoKey : "off";
  }
}
