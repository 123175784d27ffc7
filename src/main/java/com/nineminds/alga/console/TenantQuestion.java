package com.nineminds.alga.console;

import com.nineminds.alga.directory.Dossier;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator is asked before it is done.
 *
 * @param target the code's or the appliance's id; empty where it is about the tenant itself
 * @param seen what the page showed when the question was put: if that is another by the time of the
 *     answer, somebody else was there first
 * @param request of this one form, so that sending it twice does not do it twice
 */
public record TenantQuestion(TenantId tenant, Verb verb, String target, String seen, UUID request) {

  /** Spelled as in the page's address and texts. */
  public enum Verb {
    reissue,
    revoke_code,
    revoke_appliance,
    suspend,
    resume,
    cancel;

    private boolean isAboutTheTenant() {
      return this == suspend || this == resume || this == cancel;
    }
  }

  /**
   * The question that a request puts, or the one that it answers; empty where it puts none, or one
   * that makes no sense.
   */
  static Optional<TenantQuestion> of(HttpServletRequest request, Dossier dossier) {
    Verb verb = PageParameters.word(request, "do", Verb.class);
    if (verb == null) {
      return Optional.empty();
    }
    UUID id = PageParameters.uuid(request, "request");
    String seen = request.getParameter("seen");
    TenantStatus status = PageParameters.word(request, "seen", TenantStatus.class);
    if (seen != null && status == null && verb.isAboutTheTenant()) {
      return Optional.empty();
    }
    return Optional.of(
        new TenantQuestion(
            dossier.tenant().tenantId(),
            verb,
            Objects.requireNonNullElse(request.getParameter("target"), ""),
            seen == null ? seen(verb, dossier) : seen,
            id == null ? UUID.randomUUID() : id));
  }

  private static String seen(Verb verb, Dossier dossier) {
    return verb == Verb.reissue ? dossier.seenCode() : dossier.tenant().status().name();
  }

  /** Whether it takes something away, for its button's color. */
  public boolean harmful() {
    return verb != Verb.resume && verb != Verb.reissue;
  }
}
