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
 * The page {@code /admin/tenant?id=}: all of one tenant, and what can be done about it. With {@code
 * do} it asks before doing that; nothing changes until the question is answered.
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

  /** Whether there is such a tenant. */
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

  /** Appliances of other tenants with the id of one of this tenant's. */
  public List<Namesake> getNamesakes() {
    return namesakes;
  }

  /** Whether another tenant has an appliance of that id too. */
  public boolean isShared(String applianceId) {
    return namesakes.stream().anyMatch(other -> other.applianceId().equals(applianceId));
  }

  public List<AuditEntry> getHistory() {
    return history;
  }

  /** Where the history goes on; null at its end. */
  public Long getOlder() {
    return history.size() < ENTRIES ? null : history.get(history.size() - 1).id();
  }

  /** What is asked before it is done; null for nothing. */
  public TenantQuestion getQuestion() {
    return question;
  }

  /** The code or the appliance that is asked about, as it is shown; empty for the tenant itself. */
  public String getTargetName() {
    return question.verb() == Verb.revoke_code
        ? dossier.codes().stream()
            .filter(code -> code.id().toString().equals(question.target()))
            .map(IssuedCode::masked)
            .findFirst()
            .orElse("")
        : question.target();
  }

  /** What was done last; null for nothing. */
  public Verb getDone() {
    return PageParameters.word(request(), "done", Verb.class);
  }

  /** Why it could not be done, in a sentence; null when it could. */
  public String getProblem() {
    return problem;
  }

  /** The code that was minted just now, by this very form; no other page shows it. */
  public FreshCode getFreshCode() {
    return freshCode;
  }

  /** Does what was asked, if nothing speaks against it; then shows the tenant as it is now. */
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

  /** With the form that was sent: the injected request has only what its address says. */
  private static HttpServletRequest request() {
    return (HttpServletRequest) FacesContext.getCurrentInstance().getExternalContext().getRequest();
  }

  /** Not by a redirect of Faces, which would take the host and the scheme from the request. */
  private void showDone() {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_SEE_OTHER);
    faces
        .getExternalContext()
        .setResponseHeader("Location", getHere() + "&done=" + question.verb());
    faces.responseComplete();
  }

  /** A link to write to the contact, whatever characters the address has. */
  public String getMailto() {
    return "mailto:"
        + URLEncoder.encode(dossier.tenant().contactEmail(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%40", "@");
  }
}
