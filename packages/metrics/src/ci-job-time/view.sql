-- ci_job_time: one row per job of a build; value: seconds from its beginning to its end, where it ran to a verdict.
-- Whose a job is, its repository says as it is owned today.
SELECT
  jobs.began_at AS at,
  jobs.repo AS repo,
  owner.service AS service,
  owner.team AS team,
  owner.team_group AS team_group,
  '' AS environment,
  jobs.name AS job,
  if(
    conclusion IN ('success', 'failure', 'timed_out') AND jobs.finished_at >= jobs.started_at,
    dateDiff('millisecond', jobs.started_at, jobs.finished_at) / 1000,
    NULL
  ) AS value,
  multiIf(
    value IS NOT NULL, '',
    jobs.status != 'finished', 'unfinished',
    conclusion = 'cancelled', 'cancelled',
    conclusion NOT IN ('success', 'failure', 'timed_out'), 'no-verdict',
    jobs.started_at IS NULL OR jobs.finished_at IS NULL, 'not-started',
    'negative'
  ) AS gap,
  if(conclusion = 'success', 'success', 'failure') AS basis,
  jobs.build_id AS build_id,
  jobs.job_id AS job_id,
  jobs.conclusion AS conclusion
FROM facts.build_jobs AS jobs FINAL
LEFT ANY JOIN (SELECT repo, service, team, team_group FROM facts.repositories FINAL) AS owner ON owner.repo = jobs.repo
