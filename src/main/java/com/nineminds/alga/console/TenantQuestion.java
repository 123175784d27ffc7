package com.nineminds.alga.console;

import com.nineminds.alga.admin.TenantDetails.Dossier;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.registry.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
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
    cancel
  }

  static boolean isKnown(String verb) {
    return Arrays.stream(Verb.values()).anyMatch(known -> known.name().equals(verb));
  }

  /**
   * The question that a request puts, or the one that it answers; empty where it puts none, or one
   * that makes no sense.
   */
  static Optional<TenantQuestion> of(HttpServletRequest request, Dossier dossier) {
    String verb = request.getParameter("do");
    if (verb == null || !isKnown(verb)) {
      return Optional.empty();
    }
    String target = text(request.getParameter("target"));
    String seen = request.getParameter("seen");
    UUID id = PageParameters.uuid(request, "request");
    return Optional.of(
        new TenantQuestion(
            dossier.tenant().tenantId(),
            Verb.valueOf(verb),
            target,
            seen == null ? seen(Verb.valueOf(verb), dossier) : seen,
            id == null ? UUID.randomUUID() : id));
  }

  private static String seen(Verb verb, Dossier dossier) {
    return verb == Verb.reissue
        ? dossier.codes().stream().findFirst().map(IssuedCode::seen).orElse(IssuedCode.NONE_SEEN)
        : dossier.tenant().status().name();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  /** Whether it takes something away, for its button's color. */
  public boolean harmful() {
    return verb != Verb.resume && verb != Verb.reissue;
  }
}
