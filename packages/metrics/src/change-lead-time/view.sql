-- change_lead_time: one row per change and production service that it reached.
-- value: seconds from the start of the work (see starts_at) to the deployment, null with its reason.
-- A change that several services released has a row for each; is_primary marks the one that counts when services are
-- not told apart. Where nobody knows whose a change is, it belongs to '(unattributed)' and to no service. Bots are rows
-- too: callers leave them out, so that they can be looked at apart.
SELECT
  deployed_at AS at,
  repo,
  multiIf(attribution = 'first-deployment', '(unattributed)', is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  is_bot,
  kind,
  starts_at,
  lead_time_seconds AS value,
  lead_time_gap AS gap,
  concat(starts_at, if(deployed_at_is_exact, '', '-undated')) AS basis,
  attribution,
  change_id,
  deployment_id,
  merged_at,
  is_primary,
  is_service_primary,
  is_environment_primary,
  is_baseline
FROM facts.change_deployments FINAL
WHERE environment_kind = 'production'
