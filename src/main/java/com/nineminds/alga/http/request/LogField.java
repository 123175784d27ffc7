package com.nineminds.alga.http.request;

/**
 * A field that a module adds to the log line of a request.
 *
 * @param label its name in the text of the line
 * @param name its name among the fields of the line in JSON
 */
public record LogField(String label, String name) {}
