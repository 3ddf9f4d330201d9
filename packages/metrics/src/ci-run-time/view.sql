-- ci_run_time: one row per attempt of a build; value: seconds from its beginning to its end, where it ran to a verdict.
-- What was cancelled or skipped ends early, and would make builds look quick: those rows have a gap.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  if(result IN ('success', 'failure'), run_seconds, NULL) AS value,
  multiIf(
    result = '', 'unfinished',
    result = 'cancelled', 'cancelled',
    result = 'other', 'no-verdict',
    run_seconds IS NULL, time_gap,
    ''
  ) AS gap,
  if(is_retry, 'retry', 'first') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
