-- time_to_green: one row per time that a pipeline turned red on the default branch; value: seconds from the end of the
-- failure, when it could be known, to the next success of the same pipeline. It stands where the build that failed was
-- made: the one instant that never changes, by which builds are sorted. What is still red is a row with a gap.
SELECT
  created_at AS at,
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
