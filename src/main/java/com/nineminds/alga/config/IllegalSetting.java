package com.nineminds.alga.config;

/** A setting that is missing or wrong; the start ends with its message, which is one line. */
public final class IllegalSetting extends RuntimeException {

  /**
   * Says what is wrong with a setting.
   *
   * @param name the setting's name, as in the environment
   * @param expected what it should have been; never the wrong value, which may be a secret
   */
  public IllegalSetting(String name, String expected) {
    super(name + ": " + expected);
  }
}
