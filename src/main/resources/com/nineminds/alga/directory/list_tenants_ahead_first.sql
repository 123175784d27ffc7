-- Reads the same page as list_tenants_in_order, for several conditions or a searched text. Locks nothing.
-- Statistics cannot tell whether many or few tenants match. A wrong guess reads the whole table in the order of
-- an index. So "near" filters the next :ahead rows along the index of :along. Only if that gives less than a page,
-- "found" asks the indexes of the conditions. OFFSET 0 keeps the order out of the plan of "found", LATERAL
-- keeps out parallel workers, and the sub-selects hide the text from the planner.
/* planned for its values */
WITH near AS MATERIALIZED (
  SELECT * FROM (
    SELECT * FROM tenant_registry
    WHERE (:along <> 'shut_out' OR shut_out = :shut_out)
      AND (:along <> 'edition' OR edition = :edition)
      AND (:along <> 'product_code' OR product_code = :product_code)
      AND (:along <> 'deployment_type' OR deployment_type = :deployment_type)
      AND (CAST(:beginning AS text) IS NULL OR :sort NOT IN ('company', 'company_desc')
        OR (lower(company_name) COLLATE "C" >= (SELECT lower(CAST(:beginning AS text)))
          AND lower(company_name) COLLATE "C" < (SELECT lower(CAST(:beginning AS text)) || chr(1114111))))
      AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'newest' OR (registered_at, tenant_id) < (
        coalesce(CAST(:after_registered_at AS timestamptz),
                 (SELECT registered_at FROM tenant_registry WHERE tenant_id = :after_id)), :after_id))
      AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'oldest' OR (registered_at, tenant_id) > (
        (SELECT registered_at FROM tenant_registry WHERE tenant_id = :after_id), :after_id))
      AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'company'
        OR (lower(company_name) COLLATE "C", tenant_id) > (
          (SELECT lower(company_name) COLLATE "C" FROM tenant_registry WHERE tenant_id = :after_id),
          :after_id))
      AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'company_desc'
        OR (lower(company_name) COLLATE "C", tenant_id) < (
          (SELECT lower(company_name) COLLATE "C" FROM tenant_registry WHERE tenant_id = :after_id),
          :after_id))
    ORDER BY
      CASE WHEN :sort = 'newest' THEN registered_at END DESC,
      CASE WHEN :sort = 'newest' THEN tenant_id END DESC,
      CASE WHEN :sort = 'oldest' THEN registered_at END,
      CASE WHEN :sort = 'oldest' THEN tenant_id END,
      CASE WHEN :sort = 'company' THEN lower(company_name) COLLATE "C" END,
      CASE WHEN :sort = 'company' THEN tenant_id END,
      CASE WHEN :sort = 'company_desc' THEN lower(company_name) COLLATE "C" END DESC,
      CASE WHEN :sort = 'company_desc' THEN tenant_id END DESC
    LIMIT :ahead) ahead
  WHERE (CAST(:shut_out AS text) IS NULL OR shut_out = :shut_out)
    AND (CAST(:status AS text) IS NULL OR status = :status)
    AND (CAST(:edition AS text) IS NULL OR edition = :edition)
    AND (CAST(:product_code AS text) IS NULL OR product_code = :product_code)
    AND (CAST(:deployment_type AS text) IS NULL OR deployment_type = :deployment_type)
    AND (CAST(:among AS uuid[]) IS NULL OR tenant_id = ANY (:among))
    AND (CAST(:containing AS text) IS NULL
      OR lower(company_name) LIKE (SELECT lower(CAST(:containing AS text)))
      OR lower(contact_email) LIKE (SELECT lower(CAST(:containing AS text)))
      OR (CAST(:owners AS uuid[]) IS NOT NULL AND tenant_id = ANY (:owners)))
    AND (CAST(:short_text AS text) IS NULL
      OR lower(company_name) LIKE lower(:short_text) OR lower(contact_email) LIKE lower(:short_text))
    AND (CAST(:beginning AS text) IS NULL
      OR (lower(company_name) COLLATE "C" >= (SELECT lower(CAST(:beginning AS text)))
        AND lower(company_name) COLLATE "C" < (SELECT lower(CAST(:beginning AS text)) || chr(1114111))))
  ORDER BY
    CASE WHEN :sort = 'newest' THEN registered_at END DESC,
    CASE WHEN :sort = 'newest' THEN tenant_id END DESC,
    CASE WHEN :sort = 'oldest' THEN registered_at END,
    CASE WHEN :sort = 'oldest' THEN tenant_id END,
    CASE WHEN :sort = 'company' THEN lower(company_name) COLLATE "C" END,
    CASE WHEN :sort = 'company' THEN tenant_id END,
    CASE WHEN :sort = 'company_desc' THEN lower(company_name) COLLATE "C" END DESC,
    CASE WHEN :sort = 'company_desc' THEN tenant_id END DESC
  LIMIT :limit
), seen AS MATERIALIZED (
  SELECT count(*) AS n FROM near
)
SELECT t.tenant_id, t.company_name, t.contact_email, t.edition, t.product_code, t.status,
       t.registered_at, t.installed_at, e.stripe_sub_id, e.tier, e.seats, e.active,
       a.last_checkin_at, a.appliance_count, a.connected,
       coalesce(c.state, 'none') AS install_code_state
FROM (
  SELECT near.* FROM seen, near WHERE n = :limit
  UNION ALL (
    SELECT found.* FROM seen, LATERAL (
      SELECT * FROM tenant_registry
      WHERE n < :limit
        AND (CAST(:shut_out AS text) IS NULL OR shut_out = :shut_out)
        AND (CAST(:status AS text) IS NULL OR status = :status)
        AND (CAST(:edition AS text) IS NULL OR edition = :edition)
        AND (CAST(:product_code AS text) IS NULL OR product_code = :product_code)
        AND (CAST(:deployment_type AS text) IS NULL OR deployment_type = :deployment_type)
        AND (CAST(:among AS uuid[]) IS NULL OR tenant_id = ANY (:among))
        AND (CAST(:containing AS text) IS NULL
          OR lower(company_name) LIKE (SELECT lower(CAST(:containing AS text)))
          OR lower(contact_email) LIKE (SELECT lower(CAST(:containing AS text)))
          OR (CAST(:owners AS uuid[]) IS NOT NULL AND tenant_id = ANY (:owners)))
        AND (CAST(:short_text AS text) IS NULL
          OR lower(company_name) LIKE lower(:short_text) OR lower(contact_email) LIKE lower(:short_text))
        AND (CAST(:beginning AS text) IS NULL
          OR (lower(company_name) COLLATE "C" >= (SELECT lower(CAST(:beginning AS text)))
            AND lower(company_name) COLLATE "C" < (SELECT lower(CAST(:beginning AS text)) || chr(1114111))))
        AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'newest' OR (registered_at, tenant_id) < (
          coalesce(CAST(:after_registered_at AS timestamptz),
                   (SELECT registered_at FROM tenant_registry WHERE tenant_id = :after_id)), :after_id))
        AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'oldest' OR (registered_at, tenant_id) > (
          (SELECT registered_at FROM tenant_registry WHERE tenant_id = :after_id), :after_id))
        AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'company'
          OR (lower(company_name) COLLATE "C", tenant_id) > (
            (SELECT lower(company_name) COLLATE "C" FROM tenant_registry WHERE tenant_id = :after_id),
            :after_id))
        AND (CAST(:after_id AS uuid) IS NULL OR :sort <> 'company_desc'
          OR (lower(company_name) COLLATE "C", tenant_id) < (
            (SELECT lower(company_name) COLLATE "C" FROM tenant_registry WHERE tenant_id = :after_id),
            :after_id))
      OFFSET 0) found
    ORDER BY
      CASE WHEN :sort = 'newest' THEN registered_at END DESC,
      CASE WHEN :sort = 'newest' THEN tenant_id END DESC,
      CASE WHEN :sort = 'oldest' THEN registered_at END,
      CASE WHEN :sort = 'oldest' THEN tenant_id END,
      CASE WHEN :sort = 'company' THEN lower(company_name) COLLATE "C" END,
      CASE WHEN :sort = 'company' THEN tenant_id END,
      CASE WHEN :sort = 'company_desc' THEN lower(company_name) COLLATE "C" END DESC,
      CASE WHEN :sort = 'company_desc' THEN tenant_id END DESC
    LIMIT :limit)
) t
LEFT JOIN LATERAL (
  SELECT stripe_sub_id, tier, seats, active FROM entitlements
  WHERE tenant_id = t.tenant_id ORDER BY active DESC, created_at DESC LIMIT 1) e ON true
LEFT JOIN LATERAL (
  SELECT max(last_checkin_at) AS last_checkin_at, count(*) AS appliance_count,
         coalesce(bool_or(revoked_at IS NULL
           AND last_checkin_at > now() - interval '48 hours'), false) AS connected
  FROM appliances WHERE scope_id = t.tenant_id) a ON true
LEFT JOIN LATERAL (
  SELECT CASE WHEN consumed_at IS NOT NULL THEN 'consumed'
              WHEN revoked_at IS NOT NULL THEN 'revoked'
              WHEN expires_at <= now() THEN 'expired'
              ELSE 'live' END AS state
  FROM claim_codes WHERE tenant_id = t.tenant_id AND superseded_at IS NULL LIMIT 1) c ON true
ORDER BY
  CASE WHEN :sort = 'newest' THEN t.registered_at END DESC,
  CASE WHEN :sort = 'newest' THEN t.tenant_id END DESC,
  CASE WHEN :sort = 'oldest' THEN t.registered_at END,
  CASE WHEN :sort = 'oldest' THEN t.tenant_id END,
  CASE WHEN :sort = 'company' THEN lower(t.company_name) COLLATE "C" END,
  CASE WHEN :sort = 'company' THEN t.tenant_id END,
  CASE WHEN :sort = 'company_desc' THEN lower(t.company_name) COLLATE "C" END DESC,
  CASE WHEN :sort = 'company_desc' THEN t.tenant_id END DESC
