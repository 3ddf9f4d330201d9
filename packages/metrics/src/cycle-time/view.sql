-- cycle_time: one row per pull request to the default branch that reached production.
-- value: seconds from its first commit to its first production deployment, null with its reason. The stages of a pull
-- request sum to it exactly. What is merged and still waits has no end and no row: see changes_awaiting_deployment.
SELECT
  assumeNotNull(deployed_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  starts_at,
  cycle_seconds AS value,
  cycle_business_seconds AS business_value,
  cycle_gap AS gap,
  starts_at AS basis,
  coding_seconds,
  pickup_seconds,
  review_seconds,
  merge_wait_seconds,
  deploy_seconds,
  change_id,
  deployment_id,
  merged_at
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL AND deployed_at IS NOT NULL
