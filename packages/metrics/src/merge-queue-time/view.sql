-- merge_queue_time: one row per pull request merged to the default branch.
-- value: seconds that it stood in the merge queue, all its stays together; null where it did not go through one.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  queue_seconds AS value,
  queue_gap AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
