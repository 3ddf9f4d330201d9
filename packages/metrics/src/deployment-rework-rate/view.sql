-- deployment_rework_rate: one row per counted deployment to production; value 1 where it only repaired an earlier one.
-- Null where nothing could have told a failure, for then nothing could tell its repair either.
SELECT
  finished_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  if(failure_basis = 'none', NULL, toUInt8(is_rework)) AS value,
  if(failure_basis = 'none', 'no-failure-evidence', '') AS gap,
  failure_basis AS basis,
  deployment_id,
  ref
FROM facts.deployment_outcomes FINAL
WHERE environment_kind = 'production'
