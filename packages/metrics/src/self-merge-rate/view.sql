-- self_merge_rate: one row per pull request merged to the default branch.
-- value: 1 where no other person had reviewed it by then, whoever pressed the button, else 0.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  toUInt8(is_self_merged) AS value,
  if(is_self_merged IS NULL, 'reviews-unknown', '') AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
