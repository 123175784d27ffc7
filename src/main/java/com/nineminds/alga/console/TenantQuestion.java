package com.nineminds.alga.console;

import com.nineminds.alga.directory.Dossier;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * An action that an operator must confirm.
 *
 * @param target the id of the code or the appliance; empty if the action is about the tenant itself
 * @param seen the state that the page showed with the question; if it differs at the time of the
 *     answer, somebody else changed it first
 * @param request the id of this one form, so that sending it twice does not do the action twice
 */
public record TenantQuestion(TenantId tenant, Verb verb, String target, String seen, UUID request) {

  /** The actions. The page's address and texts use these names. */
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
   * The question that a request asks or answers; empty if there is none, or if it makes no sense.
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

  /** Whether the action takes something away. This decides the color of its button. */
  public boolean harmful() {
    return verb != Verb.resume && verb != Verb.reissue;
  }
}
