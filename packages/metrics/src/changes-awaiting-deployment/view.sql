-- changes_awaiting_deployment: one row per merged change, the interval from its merge to its first production
-- deployment. Callers choose the instants at which they look. Without this, lead time speaks of survivors only.
-- value: 1; null where waiting cannot be told from "was deployed before we looked".
SELECT
  assumeNotNull(merged_at) AS at,
  deployed_at AS ends_at,
  repo,
  service,
  team,
  team_group,
  environment,
  is_bot,
  kind,
  if(awaiting_gap = '', toNullable(1), NULL) AS value,
  awaiting_gap AS gap,
  kind AS basis,
  change_id,
  deployment_id
FROM facts.changes FINAL
WHERE merged_at IS NOT NULL
