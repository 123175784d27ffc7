package com.nineminds.alga;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/**
 * The JAX-RS application. Its routes are under the root path: a client calls {@code
 * {base}/register}.
 */
@ApplicationPath("/")
public class AlgaApplication extends Application {}
