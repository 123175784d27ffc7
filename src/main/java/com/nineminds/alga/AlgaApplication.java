package com.nineminds.alga;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All routes, under the root path: a client calls {@code {base}/register}. */
@ApplicationPath("/")
public class AlgaApplication extends Application {}
