-- coding_time: one row per pull request merged to the default branch.
-- value: seconds from its first commit to ready for review, with the time that it was back in draft; null with its
-- reason.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  starts_at,
  coding_seconds AS value,
  coding_business_seconds AS business_value,
  multiIf(coding_seconds IS NOT NULL, '', cycle_gap = 'negative', 'negative', 'did-not-happen') AS gap,
  starts_at AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
