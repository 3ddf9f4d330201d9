-- pickup_time: one row per pull request merged to the default branch.
-- value: seconds from ready for review to the first review by another person, time back in draft taken out. Null where
-- nobody reviewed: that time belongs to the stage that follows.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  pickup_seconds AS value,
  pickup_business_seconds AS business_value,
  multiIf(pickup_seconds IS NOT NULL, '', cycle_gap = 'negative', 'negative', 'did-not-happen') AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
