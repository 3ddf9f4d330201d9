-- time_to_green: one row per time that a pipeline turned red on the default branch; value: seconds from the end of the
-- failure, when it could be known, to the next success of the same pipeline. What is still red is a row with a gap where
-- the failed build was made, so that a branch that nobody mends does not look quick.
SELECT
  ifNull(green_at, created_at) AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  if(
    green_at >= ifNull(finished_at, created_at),
    dateDiff('millisecond', ifNull(finished_at, created_at), green_at) / 1000,
    NULL
  ) AS value,
  multiIf(green_at IS NULL, 'still-red', value IS NULL, 'negative', '') AS gap,
  'next-success' AS basis,
  build_id,
  attempt,
  sha,
  ifNull(finished_at, created_at) AS red_at
FROM facts.builds FINAL
WHERE is_red_start
