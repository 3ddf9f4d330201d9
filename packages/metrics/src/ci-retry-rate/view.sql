-- ci_retry_rate: one row per attempt of a build; value 1 where it is not the first. How it ended does not matter, so
-- every row has a value.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  toNullable(toUInt8(is_retry)) AS value,
  '' AS gap,
  if(is_retry, 'retry', 'first') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
