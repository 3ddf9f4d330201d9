-- change_caused_incident_rate: one row per incident and repository that it is about; value 1 where a deployment caused
-- it, 0 where somebody ruled that none did or none was within the window before it. Null where nothing could tell.
SELECT
  opened_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, '(withheld)', environment) AS environment,
  severity,
  toUInt8(is_change_caused) AS value,
  cause_gap AS gap,
  evidence AS basis,
  home_repo,
  incident_id,
  deployment_id,
  is_primary,
  NOT is_primary AS is_secondary
FROM facts.incidents FINAL
