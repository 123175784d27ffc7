package com.nineminds.alga.console;

import com.nineminds.alga.appliance.SharedIds;
import com.nineminds.alga.appliance.SharedIds.Namesake;
import com.nineminds.alga.audit.AuditTrail;
import com.nineminds.alga.audit.AuditTrail.AuditEntry;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.console.TenantQuestion.Verb;
import com.nineminds.alga.directory.Dossier;
import com.nineminds.alga.directory.TenantDetails;
import com.nineminds.alga.http.problem.Problem;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The page {@code /admin/tenant?id=}: all data of one tenant, and the actions on it. With {@code
 * do} the page asks for a confirmation. Nothing changes before the operator confirms.
 */
@Named
@RequestScoped
public class TenantPage {

  private static final int ENTRIES = 50;

  @Inject TenantDetails details;
  @Inject AuditTrail trail;
  @Inject SharedIds sharedIds;
  @Inject TenantActions actions;
  @Inject CurrentRequest current;

  private Dossier dossier;
  private List<AuditEntry> history;
  private List<Namesake> namesakes;
  private TenantQuestion question;
  private String problem;
  private FreshCode freshCode;

  @PostConstruct
  void read() {
    HttpServletRequest request = request();
    try {
      TenantId id = TenantId.parse(Objects.requireNonNullElse(request.getParameter("id"), ""));
      current.log(TenantId.LOGGED, id);
      dossier = details.read(id);
      Long before = PageParameters.number(request, "before");
      history = trail.of(id.value(), before, ENTRIES);
      namesakes = sharedIds.namesakes(id);
      question = TenantQuestion.of(request, dossier).orElse(null);
    } catch (IllegalArgumentException | UnknownTenant e) {
      current.outcome("unknown_tenant");
      FacesContext.getCurrentInstance().getExternalContext().setResponseStatus(404);
    }
  }

  /** Whether the tenant exists. */
  public boolean isFound() {
    return dossier != null;
  }

  public Tenant getTenant() {
    return dossier.tenant();
  }

  /** The address of this tenant's page. */
  public String getHere() {
    return "/admin/tenant?id=" + dossier.tenant().tenantId();
  }

  public Dossier getDossier() {
    return dossier;
  }

  /** Appliances of other tenants that have the same id as one of this tenant's appliances. */
  public List<Namesake> getNamesakes() {
    return namesakes;
  }

  /** Whether another tenant has an appliance with this id too. */
  public boolean isShared(String applianceId) {
    return namesakes.stream().anyMatch(other -> other.applianceId().equals(applianceId));
  }

  /** At most 50 entries, newest first. */
  public List<AuditEntry> getHistory() {
    return history;
  }

  /** The id after which the history continues; null at its end. */
  public Long getOlder() {
    return history.size() < ENTRIES ? null : history.get(history.size() - 1).id();
  }

  /** The question to confirm; null if there is none. */
  public TenantQuestion getQuestion() {
    return question;
  }

  /** The code or the appliance in the question, as it is shown; empty for the tenant itself. */
  public String getTargetName() {
    return question.verb() == Verb.revoke_code
        ? dossier.codes().stream()
            .filter(code -> code.id().toString().equals(question.target()))
            .map(IssuedCode::masked)
            .findFirst()
            .orElse("")
        : question.target();
  }

  /** The last action; null if there is none. */
  public Verb getDone() {
    return PageParameters.word(request(), "done", Verb.class);
  }

  /** Why the action failed, in a sentence; null if it did not fail. */
  public String getProblem() {
    return problem;
  }

  /** The code that this form has just minted; null if there is none. No other page shows it. */
  public FreshCode getFreshCode() {
    return freshCode;
  }

  /** Carries out the confirmed action if it is allowed. Then shows the tenant as it is now. */
  public void answer() {
    if (question == null) {
      return;
    }
    try {
      Optional<FreshCode> fresh = actions.carryOut(question);
      if (fresh.isEmpty()) {
        showDone();
        return;
      }
      freshCode = fresh.get();
    } catch (Problem e) {
      current.outcome(e.code());
      problem = e.getMessage();
    }
    read();
    question = null;
  }

  /**
   * The request with the parameters of its form. The injected request has only the parameters of
   * its address.
   */
  private static HttpServletRequest request() {
    return (HttpServletRequest) FacesContext.getCurrentInstance().getExternalContext().getRequest();
  }

  /**
   * Redirects to the tenant's page. A redirect of Faces would take the host and the scheme from the
   * request.
   */
  private void showDone() {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_SEE_OTHER);
    faces
        .getExternalContext()
        .setResponseHeader("Location", getHere() + "&done=" + question.verb());
    faces.responseComplete();
  }

  /** A mailto link to the contact. Special characters of the address are escaped. */
  public String getMailto() {
    return "mailto:"
        + URLEncoder.encode(dossier.tenant().contactEmail(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%40", "@");
  }
}
