-- changes_awaiting_deployment: one row per merged change, the interval from its merge to its first production
-- deployment. Callers choose the instants at which they look. Without this, lead time speaks of survivors only.
-- value: 1; null where waiting cannot be told from "was deployed before we looked".
SELECT
  changes.merged_at AS at,
  if(deployed.deployment_id = '', NULL, toNullable(deployed.deployed_at)) AS ends_at,
  changes.repo AS repo,
  deployed.service AS service,
  changes.team AS team,
  deployed.environment AS environment,
  changes.is_bot AS is_bot,
  changes.kind AS kind,
  if(gap = '', toNullable(1), NULL) AS value,
  multiIf(
    deployed.is_baseline, 'baseline',
    changes.repo NOT IN (
      SELECT repo FROM facts.deployment_outcomes FINAL WHERE environment_kind = 'production'), 'never-deployed',
    '') AS gap,
  changes.kind AS basis,
  changes.change_id AS change_id,
  deployed.deployment_id AS deployment_id
FROM
(
  SELECT change_id, repo, team, is_bot, kind, assumeNotNull(merged_at) AS merged_at
  FROM facts.changes FINAL
  WHERE changes.merged_at IS NOT NULL
) AS changes
LEFT JOIN
(
  SELECT repo, change_id, service, environment, deployment_id, deployed_at, is_baseline
  FROM facts.change_deployments FINAL
  WHERE environment_kind = 'production' AND is_primary
) AS deployed ON deployed.repo = changes.repo AND deployed.change_id = changes.change_id
