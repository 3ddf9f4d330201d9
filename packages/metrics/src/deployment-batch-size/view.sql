-- deployment_batch_size: one row per counted deployment to production.
-- value: changes that it was the first to carry, 0 for one that brought nothing new; null for the first known one.
SELECT
  finished_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  if(is_baseline, NULL, toNullable(change_count)) AS value,
  if(is_baseline, 'baseline', '') AS gap,
  signal AS basis,
  deployment_id,
  ref
FROM facts.deployment_outcomes FINAL
WHERE environment_kind = 'production'
