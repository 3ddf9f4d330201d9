-- DevLake: every incident is charged to the latest successful production deployment that finished before it was
-- opened, of any service, however long ago. Deployments of the window with an incident ÷ deployments of the window.
WITH
  deployments AS (
    SELECT
      1 AS project, repo, deployment_id, service, finished_at, evidence,
      -- Of ours: nothing but production fails there.
      is_failure AND environment_kind = 'production' AS is_failure,
      finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        AND finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC') AS is_in_window
    FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)} AND match(environment, '(?i)prod(.*)')
  ),
  charged AS (
    SELECT
      deployments.repo AS repo,
      deployments.deployment_id AS deployment_id,
      deployments.is_failure AS is_failure,
      dateDiff('day', deployments.finished_at, incidents.opened_at) > 30 AS is_old,
      incidents.service != '' AND incidents.service != deployments.service AS is_of_other_service
    FROM (
      SELECT 1 AS project, service, opened_at FROM domain.incidents FINAL WHERE repo IN {repos:Array(String)}
    ) AS incidents
    ASOF INNER JOIN deployments
      ON incidents.project = deployments.project AND incidents.opened_at > deployments.finished_at
    WHERE deployments.is_in_window
  )
SELECT
  if(n = 0, NULL, failed / n) AS value,
  (SELECT count() FROM deployments WHERE is_in_window) AS n,
  (SELECT uniqExact(repo, deployment_id) FROM charged) AS failed,
  (SELECT count() FROM charged) AS incidents,
  (SELECT countIf(is_old) FROM charged) AS old_incidents,
  (SELECT countIf(is_of_other_service) FROM charged) AS other_services,
  (SELECT uniqExactIf((repo, deployment_id), NOT is_failure) FROM charged) AS only_theirs,
  (
    SELECT count() FROM deployments
    WHERE is_in_window AND is_failure AND (repo, deployment_id) NOT IN (SELECT repo, deployment_id FROM charged)
  ) AS only_ours
