package com.nineminds.alga.console;

import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditTrail;
import com.nineminds.alga.audit.AuditTrail.AuditEntry;
import com.nineminds.alga.registry.Tenants;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The page {@code /admin/activity}: the events of the last 30 days, of all tenants. */
@Named
@RequestScoped
public class ActivityPage {

  private static final int ENTRIES = 50;

  @Inject AuditTrail trail;
  @Inject Tenants tenants;
  @Inject HttpServletRequest request;

  private AuditEvent event;
  private List<AuditEntry> entries;
  private Map<UUID, String> companies;

  @PostConstruct
  void read() {
    event = PageParameters.word(request, "event", AuditEvent.class);
    entries = trail.latest(event, PageParameters.number(request, "before"), ENTRIES);
    companies =
        tenants.companies(
            entries.stream()
                .map(AuditEntry::tenantId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
  }

  /** The kind of events to show; null for all. */
  public AuditEvent getEvent() {
    return event;
  }

  public List<AuditEvent> getEvents() {
    return List.of(AuditEvent.values());
  }

  /** At most 50 entries, newest first. */
  public List<AuditEntry> getEntries() {
    return entries;
  }

  /** The name of the company; the id of the tenant if the registry does not know it. */
  public String company(UUID tenant) {
    return companies.getOrDefault(tenant, tenant.toString());
  }

  /** The link to the next page, which has older entries; null on the last page. */
  public String getOlder() {
    return entries.size() < ENTRIES
        ? null
        : new PageLink("/admin/activity")
            .with("event", event)
            .with("before", entries.get(entries.size() - 1).id())
            .toString();
  }
}
