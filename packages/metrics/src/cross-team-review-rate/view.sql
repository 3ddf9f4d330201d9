-- cross_team_review_rate: one row per merged pull request that another person had reviewed.
-- value: 1 where one of these was from another team than the author, 0 where all were from the same, null where the
-- team of somebody is not known. One gap serves several columns of the facts, so it is told from what else is known.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  toUInt8(is_cross_team_reviewed) AS value,
  multiIf(is_cross_team_reviewed IS NOT NULL, '', review_count = 0, 'reviews-unknown', 'team-unknown') AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL AND (review_count > 0 OR review_gap = 'reviews-unknown')
