-- ci_cost: one row per attempt of a build; value: what its minutes cost, in the currency of the configuration.
-- Without a price it is null: free is what somebody said is free.
SELECT
  created_at AS at,
  repo,
  service,
  team,
  team_group,
  '' AS environment,
  provider,
  pipeline,
  cost AS value,
  multiIf(cost IS NOT NULL, '', run_seconds IS NULL, time_gap, 'no-price') AS gap,
  if(is_retry, 'retry', 'first') AS basis,
  build_id,
  attempt,
  sha,
  result
FROM facts.builds FINAL
