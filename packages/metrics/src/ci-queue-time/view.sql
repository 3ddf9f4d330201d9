-- ci_queue_time: one row per attempt of a build; value: seconds from when it was made to when it began.
-- A further attempt keeps the date of the first, so when it was asked for is not known: a gap, not days of waiting.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  if(is_retry, NULL, queue_seconds) AS value,
  multiIf(is_retry, 'retry', queue_seconds IS NULL, time_gap, '') AS gap,
  if(is_retry, 'retry', 'first') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
