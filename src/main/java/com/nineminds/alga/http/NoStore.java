package com.nineminds.alga.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a route whose answers carry a code, a token or a credential. No cache may keep them. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface NoStore {}
