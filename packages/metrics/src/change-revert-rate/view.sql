-- change_revert_rate: one row per pull request merged to the default branch.
-- value: 1 where a later merged change took it back, else 0. The time is the merge of the change, not of its revert.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  toNullable(toUInt8(reverted_at IS NOT NULL)) AS value,
  '' AS gap,
  'pull_request' AS basis,
  change_id,
  reverted_at
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
