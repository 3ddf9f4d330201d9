-- team_attribution_rate: one row per merged change; value 1 where the team of its author at that time is known, also
-- where it is too small to be shown.
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
  CAST(team != '', 'Nullable(UInt8)') AS value,
  '' AS gap,
  kind AS basis,
  change_id
FROM facts.changes FINAL
WHERE merged_at IS NOT NULL
