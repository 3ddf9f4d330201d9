-- change_lead_time: one row per change and production service that it reached.
-- value: seconds from the start of the work (see starts_at) to the deployment, null with its reason.
-- A change that several services released has a row for each; is_primary marks the one that counts when services are
-- not told apart. Bots are rows too: callers leave them out, so that they can be looked at apart.
SELECT
  deployed_at AS at,
  repo,
  service,
  team,
  environment,
  is_bot,
  kind,
  starts_at,
  lead_time_seconds AS value,
  lead_time_gap AS gap,
  starts_at AS basis,
  change_id,
  deployment_id,
  merged_at,
  is_primary,
  is_baseline
FROM facts.change_deployments FINAL
WHERE environment_kind = 'production'
