package com.nineminds.alga.http.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the members that a route reads of its {@link Body}. Only these are kept in memory, so that
 * no client can fill it with others.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Members {
  String[] value();
}
