-- review_time: one row per pull request merged to the default branch.
-- value: seconds from the first review by another person to the last approval before the merge. Null where nobody
-- approved: that time belongs to the merge wait.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  review_seconds AS value,
  review_business_seconds AS business_value,
  multiIf(review_seconds IS NOT NULL, '', cycle_gap = 'negative', 'negative', 'did-not-happen') AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
