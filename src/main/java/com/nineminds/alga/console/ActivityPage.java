package com.nineminds.alga.console;

import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditTrail;
import com.nineminds.alga.audit.AuditTrail.AuditEntry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The page {@code /admin/activity}: what happened in the last 30 days, whoever the tenant. */
@Named
@RequestScoped
public class ActivityPage {

  private static final int ENTRIES = 50;

  @Inject AuditTrail trail;
  @Inject HttpServletRequest request;

  private AuditEvent event;
  private List<AuditEntry> entries;

  @PostConstruct
  void read() {
    event = PageParameters.word(request, "event", AuditEvent.class);
    entries = trail.latest(event, PageParameters.number(request, "before"), ENTRIES);
  }

  /** Which events; null for all. */
  public AuditEvent getEvent() {
    return event;
  }

  public List<AuditEvent> getEvents() {
    return List.of(AuditEvent.values());
  }

  public List<AuditEntry> getEntries() {
    return entries;
  }

  /** The page after this one; null on the last. */
  public String getOlder() {
    return entries.size() < ENTRIES
        ? null
        : new PageLink("/admin/activity")
            .with("event", event)
            .with("before", entries.get(entries.size() - 1).id())
            .toString();
  }
}
