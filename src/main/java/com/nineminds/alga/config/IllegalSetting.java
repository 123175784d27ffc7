package com.nineminds.alga.config;

/** A setting is missing or wrong. The start ends with this message, which is one line. */
public final class IllegalSetting extends RuntimeException {

  /**
   * Says what is wrong with a setting.
   *
   * @param name the name of the setting, as in the environment
   * @param expected what is expected; never the wrong value, which may be a secret
   */
  public IllegalSetting(String name, String expected) {
    super(name + ": " + expected);
  }
}
