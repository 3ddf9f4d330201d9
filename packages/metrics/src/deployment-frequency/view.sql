-- deployment_frequency: one row per counted deployment to production.
-- Callers choose the period and count. Left out: other environments, attempts that never succeeded, and second
-- announcements of the same release (a tag beside its deployment).
SELECT
  finished_at AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  toNullable(1) AS value,
  '' AS gap,
  signal AS basis,
  deployment_id,
  ref,
  sha
FROM facts.deployment_outcomes FINAL
WHERE environment_kind = 'production'
