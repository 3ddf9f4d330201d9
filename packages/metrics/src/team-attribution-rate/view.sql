-- team_attribution_rate: one row per merged change; value 1 where the team of its author at that time is known, also
-- where it is too small to be shown.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
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
