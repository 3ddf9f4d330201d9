-- ci_time_lost: one row per attempt of a build; value: its run time in seconds where that told nothing, else 0.
-- Told nothing: a flaky failure, and a further attempt that only failed again. The attempt that succeeds in the end is
-- not lost; without the flake it would have been the only one.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  multiIf(
    result = '', NULL,
    is_flaky, lost_seconds,
    is_retry AND result = 'failure', run_seconds,
    0
  ) AS value,
  multiIf(value IS NOT NULL, '', result = '', 'unfinished', time_gap) AS gap,
  multiIf(is_flaky, 'flaky', is_retry AND result = 'failure', 'failed-again', 'not-lost') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
