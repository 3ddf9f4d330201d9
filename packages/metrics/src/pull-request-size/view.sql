-- pull_request_size: one row per pull request merged to the default branch.
-- value: added and deleted lines without lockfiles, generated and vendored files, null where not all files are known.
SELECT
  assumeNotNull(merged_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  effective_lines AS value,
  size_gap AS gap,
  'pull_request' AS basis,
  change_id,
  additions,
  deletions
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND merged_at IS NOT NULL
