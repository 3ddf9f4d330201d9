-- deployment_revision_rate: one row per successful deployment to production; value 1 where it names a revision.
-- Without one, no change can be found in it. Left out: those without a date, which belong to no period.
SELECT
  assumeNotNull(finished_at) AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  toNullable(toUInt8(has_revision)) AS value,
  '' AS gap,
  signal AS basis,
  deployment_id,
  ref
FROM facts.deployment_attempts FINAL
WHERE environment_kind = 'production' AND result = 'success' AND finished_at IS NOT NULL
