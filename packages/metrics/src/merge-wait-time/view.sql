-- merge_wait_time: one row per pull request merged to the default branch.
-- value: seconds from the last approval to the merge; from an earlier boundary where nobody approved.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  merge_wait_seconds AS value,
  merge_wait_business_seconds AS business_value,
  multiIf(merge_wait_seconds IS NOT NULL, '', cycle_gap = 'negative', 'negative', 'did-not-happen') AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
