-- incidents: one row per incident and repository that it is about; value 1.
-- Callers choose the period and count. is_primary marks the row that counts when repositories are not told apart.
SELECT
  opened_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, '(withheld)', environment) AS environment,
  severity,
  toNullable(1) AS value,
  '' AS gap,
  if(resolved_at IS NULL, 'open', 'resolved') AS basis,
  home_repo,
  incident_id,
  is_primary,
  NOT is_primary AS is_secondary
FROM facts.incidents FINAL
