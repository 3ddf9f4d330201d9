-- deployment_success_rate: one row per attempt to deploy to production; value 1 where it went well, 0 where it failed.
-- Null where it was cancelled or is not finished, and where only successes are ever written down: nobody tags a failure.
SELECT
  attempted_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  if(gap = '', CAST(result = 'success', 'Nullable(UInt8)'), NULL) AS value,
  multiIf(
    signal IN ('tag', 'release'), 'failures-not-recorded',
    result IN ('cancelled', 'unfinished'), result,
    '') AS gap,
  signal AS basis,
  deployment_id,
  ref
FROM facts.deployment_attempts FINAL
WHERE environment_kind = 'production'
