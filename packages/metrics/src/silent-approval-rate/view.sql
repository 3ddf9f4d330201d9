-- silent_approval_rate: one row per large merged pull request that another person had approved.
-- value: 1 where no reviewer wrote a word, else 0. Facts know it of large ones alone; of approved ones whose size is not
-- known nobody can say whether they belong here, and they are rows with a gap.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  toUInt8(is_silently_approved) AS value,
  multiIf(is_silently_approved IS NOT NULL, '', review_gap = 'reviews-unknown', 'reviews-unknown', 'size-unknown') AS gap,
  'pull_request' AS basis,
  change_id,
  effective_lines
FROM facts.pull_requests FINAL
WHERE is_to_default_branch
  AND merged_at IS NOT NULL
  AND (
    is_silently_approved IS NOT NULL
    OR (approval_count > 0 AND (effective_lines IS NULL OR review_gap = 'reviews-unknown'))
  )
