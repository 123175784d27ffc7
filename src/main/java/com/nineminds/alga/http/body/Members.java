package com.nineminds.alga.http.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the members that a route reads from its {@link Body}. Only these are kept, so that a client
 * cannot fill the memory with other members.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Members {
  String[] value();
}
