-- ci_queue_time: one row per attempt of a build; value: seconds from when it was made to when it began.
-- A further attempt keeps the date of the first, so when it was asked for is not known: a gap, not days of waiting.
-- GitHub dates the start of a run like its making, and lets its jobs wait: its zero is no measurement.
WITH provider = 'actions' AND queue_seconds = 0 AS is_undated
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  if(is_retry OR is_undated, NULL, queue_seconds) AS value,
  multiIf(is_retry, 'retry', queue_seconds IS NULL, time_gap, is_undated, 'not-recorded', '') AS gap,
  if(is_retry, 'retry', 'first') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
