-- code_owner_coverage: one row per repository that is at work, from when its state was last recorded; value 1 where it
-- has a CODEOWNERS file with a rule. Left out: forks and archived repositories, in which nobody reviews anything.
SELECT
  observed_at AS at,
  CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS ends_at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  toUInt8(has_code_owners) AS value,
  code_owners_gap AS gap,
  '' AS basis
FROM facts.repositories FINAL
WHERE NOT is_archived AND NOT is_fork
