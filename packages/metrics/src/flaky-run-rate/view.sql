-- flaky_run_rate: one row per attempt of a build; value 1 where it failed and the same pipeline succeeded on the same
-- revision, 0 where it succeeded or failed for good. Attempts without a verdict are rows with a gap.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  if(result IN ('success', 'failure'), toUInt8(is_flaky), NULL) AS value,
  multiIf(
    result = '', 'unfinished',
    result = 'cancelled', 'cancelled',
    result = 'other', 'no-verdict',
    ''
  ) AS gap,
  if(is_retry, 'retry', 'first') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
