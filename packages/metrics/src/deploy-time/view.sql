-- deploy_time: one row per pull request to the default branch that reached production.
-- value: seconds from the merge to the first production deployment that carried it, 0 where that came before the merge;
-- null with its reason. The deployment is the time, as in cycle_time: what still waits has no row.
SELECT
  assumeNotNull(deployed_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  deploy_seconds AS value,
  deploy_business_seconds AS business_value,
  cycle_gap AS gap,
  if(is_deployed_before_merge, 'deployed-before-merge', 'deployed-after-merge') AS basis,
  change_id,
  deployment_id,
  merged_at
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL AND deployed_at IS NOT NULL
