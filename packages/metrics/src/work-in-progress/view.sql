-- work_in_progress: one row per pull request to the default branch, the interval from its opening to its merge or
-- close. Callers choose the instants at which they look. is_draft is what it is now, or was when it ended.
-- value: 1.
SELECT
  created_at AS at,
  ended_at AS ends_at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  is_draft,
  toNullable(1) AS value,
  '' AS gap,
  'pull_request' AS basis,
  change_id
FROM facts.pull_requests FINAL
WHERE is_to_default_branch
