-- Four Keys: rows of (deployment, change, incident) ÷ different deployments, to any environment. An incident is joined
-- to the change that it names as its root cause, in every deployment that knows this change. What failed here and not
-- there is of production alone, as our own rate is.
WITH
  deployments AS (
    SELECT repo, deployment_id, sha, is_failure AND environment_kind = 'production' AS is_failure
    FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)}
      AND finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ),
  pushes AS (
    SELECT heads.repo AS repo, heads.sha AS head, if(heads.is_merge AND notEmpty(merges.commit_shas), merges.commit_shas, [heads.sha]) AS shas
    FROM (
      SELECT repo, sha, length(parents) > 1 AS is_merge FROM domain.commits FINAL
      WHERE repo IN {repos:Array(String)} AND (repo, sha) IN (SELECT repo, sha FROM deployments)
    ) AS heads
    LEFT JOIN (
      SELECT repo, merge_sha, commit_shas FROM facts.changes FINAL WHERE repo IN {repos:Array(String)}
    ) AS merges ON merges.repo = heads.repo AND merges.merge_sha = heads.sha
  ),
  incidents AS (
    SELECT repo, incident_id, assumeNotNull(caused_by) AS cause FROM domain.incidents FINAL
    WHERE repo IN {repos:Array(String)} AND caused_by IS NOT NULL
  ),
  -- A cause that names a deployment stands for the commit that was deployed.
  causes AS (
    SELECT incidents.incident_id AS incident_id, if(named.sha = '', incidents.cause, named.sha) AS sha
    FROM incidents
    LEFT JOIN (
      SELECT repo, arrayJoin([deployment_id, ref, extract(deployment_id, ':([^:]*)$')]) AS name, any(sha) AS sha FROM facts.deployment_outcomes FINAL
      WHERE repo IN {repos:Array(String)} GROUP BY repo, name
    ) AS named ON named.repo = incidents.repo AND named.name = incidents.cause
  ),
  joined AS (
    SELECT deployments.repo AS repo, deployments.deployment_id AS deployment_id, deployments.is_failure AS is_failure, causes.incident_id AS incident_id
    FROM deployments
    INNER JOIN (SELECT repo, head, arrayJoin(shas) AS sha FROM pushes) AS pushed
      ON pushed.repo = deployments.repo AND pushed.head = deployments.sha
    INNER JOIN causes ON causes.sha = pushed.sha
  )
SELECT
  if(n = 0, NULL, rows / n) AS value,
  (SELECT uniqExact(repo, deployment_id) FROM deployments WHERE (repo, sha) IN (SELECT repo, head FROM pushes)) AS n,
  (SELECT count() FROM joined) AS rows,
  (SELECT count() - uniqExact(repo, deployment_id) FROM joined) AS repeated,
  (SELECT countIf(is_failure) FROM deployments WHERE (repo, deployment_id) NOT IN (SELECT repo, deployment_id FROM joined)) AS only_ours,
  (SELECT count() FROM domain.incidents FINAL WHERE repo IN {repos:Array(String)} AND caused_by IS NULL) AS unnamed
