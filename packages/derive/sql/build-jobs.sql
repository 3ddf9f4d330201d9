-- facts.build_jobs of some repositories: the jobs of their builds that began at {since} or later.
SELECT
  assumeNotNull(coalesce(jobs.started_at, jobs.created_at, jobs.finished_at)) AS began_at,
  jobs.repo AS repo,
  jobs.build_id AS build_id,
  jobs.job_id AS job_id,
  jobs.name AS name,
  jobs.status AS status,
  jobs.conclusion AS conclusion,
  jobs.started_at AS started_at,
  jobs.finished_at AS finished_at
FROM domain.build_jobs AS jobs FINAL
WHERE jobs.repo IN {repos:Array(String)}
  AND coalesce(jobs.started_at, jobs.created_at, jobs.finished_at) >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
