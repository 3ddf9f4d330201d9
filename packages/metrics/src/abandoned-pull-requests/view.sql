-- abandoned_pull_requests: one row per pull request to the default branch that has ended.
-- value: 1 where it was closed without a merge, 0 where it was merged.
SELECT
  assumeNotNull(ended_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  toNullable(toUInt8(merged_at IS NULL)) AS value,
  '' AS gap,
  'pull_request' AS basis,
  change_id,
  created_at
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND ended_at IS NOT NULL
