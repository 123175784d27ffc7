package com.nineminds.alga.operator.guard;

/** Why the console refuses a request. Logs and metrics use these names. */
enum Refusal {
  not_found(404),
  not_signed_in(403),
  foreign_form(403),
  too_slow(408),
  too_long(413),
  unreadable(400),
  wrong_method(405),
  busy(429),
  database_unavailable(503),
  internal_error(500);

  private final int status;

  Refusal(int status) {
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }
}
