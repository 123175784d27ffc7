package com.nineminds.alga.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** A small replacement for the appliance's image. To a tool, it looks like ISO 9660. */
final class DemoIso {

  private static final int SECTOR = 2048;
  private static final int SECTORS = 160;
  private static final int DESCRIPTOR = 16 * SECTOR;

  private DemoIso() {}

  /** 320 KiB, with the same bytes each time. */
  static byte[] bytes() {
    byte[] image = new byte[SECTORS * SECTOR];
    new Random(1).nextBytes(image);
    Arrays.fill(image, 0, DESCRIPTOR + 2 * SECTOR, (byte) 0); // system area and descriptors
    put(image, DESCRIPTOR, "\u0001CD001\u0001");
    put(image, DESCRIPTOR + 8, "LINUX".concat(" ".repeat(27)));
    put(image, DESCRIPTOR + 40, "ALGA_APPLIANCE_DEMO".concat(" ".repeat(13)));
    putBothEndian(image, DESCRIPTOR + 80, SECTORS, 4); // volume space size
    putBothEndian(image, DESCRIPTOR + 120, 1, 2); // volume set size
    putBothEndian(image, DESCRIPTOR + 124, 1, 2); // volume sequence number
    putBothEndian(image, DESCRIPTOR + 128, SECTOR, 2); // logical block size
    put(image, DESCRIPTOR + SECTOR, "\u00ffCD001\u0001"); // end of descriptors
    return image;
  }

  private static void put(byte[] image, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, image, offset, bytes.length);
  }

  /** ISO 9660 writes each number twice: first little-endian, then big-endian. */
  private static void putBothEndian(byte[] image, int offset, int value, int width) {
    for (int i = 0; i < width; i++) {
      byte digit = (byte) (value >> (8 * i));
      image[offset + i] = digit;
      image[offset + 2 * width - 1 - i] = digit;
    }
  }
}
