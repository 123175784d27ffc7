package com.nineminds.alga.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a route whose clients wait for a day after any 4xx. A body that arrives too slowly or only
 * in part gets 503 there, because a busy line or a busy service may be the cause.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SlowIs503 {}
