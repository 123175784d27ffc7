package com.nineminds.alga.http.request;

import com.nineminds.alga.http.HttpSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/**
 * Finds the client behind our own proxies. Logs one warning if the requests do not fit {@code
 * TRUSTED_PROXY_HOPS}, because then all clients have the address of the proxy, and share the limits
 * of one network. The warning contains no text of a client.
 */
@ApplicationScoped
class Proxies {

  /** The header in which proxies name the sender of a request. */
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** Other headers of proxies. This service does not read them. */
  private static final List<String> OTHERS = List.of("Forwarded", "X-Real-IP");

  private static final Logger LOG = Logger.getLogger("alga.proxies");

  @Inject HttpSettings settings;

  private final AtomicBoolean warned = new AtomicBoolean();

  /** The address of the client. */
  String client(HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders(FORWARDED_FOR));
    Optional<String> named = ClientAddress.named(forwarded, settings.proxies());
    if (named.isEmpty() && !warned.get()) {
      warning(request, forwarded).ifPresent(this::warn);
    }
    return named.orElseGet(request::getRemoteAddr);
  }

  private Optional<String> warning(HttpServletRequest request, List<String> forwarded) {
    int proxies = settings.proxies();
    if (proxies == 0) {
      boolean isProxied =
          !forwarded.isEmpty() || OTHERS.stream().anyMatch(name -> request.getHeader(name) != null);
      return isProxied
          ? Optional.of(
              "TRUSTED_PROXY_HOPS is 0, but a request came with the header of a proxy (X-Forwarded-For)."
                  + " If a proxy of yours sent it, all clients share the limits of one network: set"
                  + " TRUSTED_PROXY_HOPS to the number of your proxies.")
          : Optional.empty();
    }
    return isProbe(request)
        ? Optional.empty()
        : Optional.of(
            "TRUSTED_PROXY_HOPS is %d, but X-Forwarded-For of a request does not name that many addresses."
                    .formatted(proxies)
                + " If the request came through your proxies, all clients share the limits of one"
                + " network: let each proxy append to X-Forwarded-For, or correct the number.");
  }

  /**
   * Whether the request may come from a monitor beside the proxies, and counts for no limit of a
   * network: it reads, and brings no secret.
   */
  private static boolean isProbe(HttpServletRequest request) {
    return !request.getMethod().equals("POST") && request.getHeader("Authorization") == null;
  }

  private void warn(String warning) {
    if (warned.compareAndSet(false, true)) {
      LOG.warning(warning);
    }
  }
}
