-- ci_success_rate: one row per attempt of a build of the default branch; value 1 where it succeeded, 0 where it failed.
-- Cancelled and skipped attempts say nothing of the revision: rows with a gap, neither good nor bad.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  if(result IN ('success', 'failure'), toUInt8(result = 'success'), NULL) AS value,
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
WHERE is_default_branch
