package com.nineminds.alga.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a route that needs the service secret. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface ServiceAuth {}
