-- deployment_link_rate: one row per merged change; value 1 where a known production deployment carried it, 0 where
-- none did. Null where that cannot be told, for the same reasons as in changes_awaiting_deployment.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  -- One name for all of them; which service carried it to production is another question.
  multiIf(length(services) > 1, '(several)', empty(services), '', services[1]) AS service,
  services,
  team,
  team_group,
  environment,
  is_bot,
  kind,
  if(awaiting_gap = '', toNullable(toUInt8(deployment_id != '')), NULL) AS value,
  awaiting_gap AS gap,
  kind AS basis,
  change_id,
  deployment_id
FROM facts.changes FINAL
WHERE merged_at IS NOT NULL
