package com.nineminds.alga.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A route whose answers carry a code, a token or a credential: no cache may keep them. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface NoStore {}
