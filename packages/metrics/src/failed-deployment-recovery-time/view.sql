-- failed_deployment_recovery_time: one row per failed deployment to production.
-- value: seconds from the start of the failure to the recovery; null while it is open.
-- at is the recovery, so that a finished period never changes; an open failure stands at its start until then.
SELECT
  coalesce(recovered_at, failed_at, finished_at) AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  -- Its name can hold that of the service.
  if(is_service_withheld, environment_kind, environment) AS environment,
  if(gap = '', toNullable(intDiv(toUnixTimestamp64Milli(recovered_at) - toUnixTimestamp64Milli(failed_at), 1000)), NULL) AS value,
  multiIf(
    recovered_at IS NULL, 'open',
    failed_at IS NULL, 'unknown-start',
    recovered_at < failed_at, 'negative',
    '') AS gap,
  failure_basis AS basis,
  deployment_id,
  ref,
  evidence,
  incident_id,
  failed_at,
  recovered_by
FROM facts.deployment_outcomes FINAL
WHERE environment_kind = 'production' AND is_failure
