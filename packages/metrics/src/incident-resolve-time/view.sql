-- incident_resolve_time: one row per incident and repository that it is about.
-- value: seconds from its opening to its end, business_value the same in business hours of the team.
-- at is the end, so that a finished period never changes; what is open stands at its opening.
SELECT
  if(resolve_gap = '', coalesce(resolved_at, opened_at), opened_at) AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, '(withheld)', environment) AS environment,
  severity,
  resolve_seconds AS value,
  resolve_business_seconds AS business_value,
  resolve_gap AS gap,
  '' AS basis,
  home_repo,
  incident_id,
  opened_at,
  is_primary,
  NOT is_primary AS is_secondary
FROM facts.incidents FINAL
