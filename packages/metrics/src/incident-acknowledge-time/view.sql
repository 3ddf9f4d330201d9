-- incident_acknowledge_time: one row per incident and repository that it is about.
-- value: seconds from its opening to its acknowledgement, business_value the same in business hours of the team.
-- at is the acknowledgement, so that a finished period never changes; what has none stands at its opening.
SELECT
  if(acknowledge_gap = '', coalesce(acknowledged_at, opened_at), opened_at) AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, '(withheld)', environment) AS environment,
  severity,
  acknowledge_seconds AS value,
  acknowledge_business_seconds AS business_value,
  acknowledge_gap AS gap,
  '' AS basis,
  home_repo,
  incident_id,
  opened_at,
  is_primary,
  NOT is_primary AS is_secondary
FROM facts.incidents FINAL
