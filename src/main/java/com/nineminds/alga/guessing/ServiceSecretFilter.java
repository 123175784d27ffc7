package com.nineminds.alga.guessing;

import com.nineminds.alga.http.HttpSettings;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.problem.HttpProblem.Unauthorized;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets a request pass only with the current or the previous service secret. Other requests get 401,
 * or 429 if their network sends many wrong secrets. The right secret is accepted from every
 * network.
 */
@Provider
@ServiceAuth
@Priority(Priorities.AUTHENTICATION)
public class ServiceSecretFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Bearer ";

  @Inject HttpSettings settings;
  @Inject FailedTries failedTries;

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Unauthorized();
    }
    if (!settings.isServiceSecret(header.substring(SCHEME.length()).strip())) {
      failedTries.wrong(SecretKind.service_secret);
      throw new Unauthorized();
    }
  }
}
