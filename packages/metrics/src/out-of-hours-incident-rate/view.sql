-- out_of_hours_incident_rate: one row per incident and repository that it is about; value 1 where it was opened outside
-- of the business hours of the team, in its time zone.
SELECT
  opened_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, '(withheld)', environment) AS environment,
  severity,
  toNullable(toUInt8(is_out_of_hours)) AS value,
  '' AS gap,
  '' AS basis,
  home_repo,
  incident_id,
  is_primary,
  NOT is_primary AS is_secondary
FROM facts.incidents FINAL
