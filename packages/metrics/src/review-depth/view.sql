-- review_depth: one row per pull request merged to the default branch.
-- value: how many comments the reviews by other people made, null where no other person reviewed it.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  if(gap = '', toNullable(review_comment_count), NULL) AS value,
  multiIf(review_count > 0, '', review_gap = 'reviews-unknown', 'reviews-unknown', 'no-review') AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
