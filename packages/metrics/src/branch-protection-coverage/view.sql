-- branch_protection_coverage: one row per repository that is at work, from when its state was last recorded; value 1
-- where a rule protects its default branch. Left out: forks and archived repositories, whose branches nobody changes.
SELECT
  observed_at AS at,
  CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS ends_at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  toUInt8(is_protected) AS value,
  protection_gap AS gap,
  '' AS basis
FROM facts.repositories FINAL
WHERE NOT is_archived AND NOT is_fork
