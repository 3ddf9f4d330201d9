-- incident_attribution_rate: one row per incident and repository that it is about; value 1 where it is known which
-- service it hit. Without it an incident belongs to no team and can be held against no deployment.
SELECT
  opened_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, '(withheld)', environment) AS environment,
  severity,
  CAST(service != '', 'Nullable(UInt8)') AS value,
  '' AS gap,
  if(deployment_id = '', 'service', 'deployment') AS basis,
  home_repo,
  incident_id,
  deployment_id,
  is_primary,
  NOT is_primary AS is_secondary
FROM facts.incidents FINAL
