-- Four Keys: interpolated median, in whole hours, from the earlier of the incident's opening and the deployment that
-- knows its root cause, until it was closed; of incidents that begin in the window.
WITH
  deployments AS (
    SELECT repo, deployment_id, ref, sha, finished_at FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)}
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
  roots AS (
    SELECT pushed.sha AS sha, min(deployments.finished_at) AS deployed_at
    FROM deployments
    INNER JOIN (SELECT repo, head, arrayJoin(shas) AS sha FROM pushes) AS pushed
      ON pushed.repo = deployments.repo AND pushed.head = deployments.sha
    GROUP BY sha
  ),
  named AS (
    SELECT repo, arrayJoin([deployment_id, ref, extract(deployment_id, ':([^:]*)$')]) AS name, any(sha) AS sha FROM deployments GROUP BY repo, name
  ),
  incidents AS (
    SELECT
      source.incident_id AS incident_id,
      source.opened_at AS opened_at,
      source.resolved_at AS resolved_at,
      if(roots.sha = '', source.opened_at, least(source.opened_at, roots.deployed_at)) AS begins_at
    FROM (
      SELECT original.incident_id AS incident_id, original.opened_at AS opened_at, original.resolved_at AS resolved_at,
        if(named.sha = '', ifNull(original.caused_by, ''), named.sha) AS cause
      FROM (
        SELECT repo, incident_id, opened_at, resolved_at, caused_by FROM domain.incidents FINAL
        WHERE repo IN {repos:Array(String)}
      ) AS original
      LEFT JOIN named ON named.repo = original.repo AND named.name = original.caused_by
    ) AS source
    LEFT JOIN roots ON roots.sha = source.cause
  ),
  durations AS (
    SELECT intDiv(dateDiff('second', begins_at, resolved_at), 3600) AS hours, begins_at < opened_at AS is_from_deployment
    FROM incidents
    WHERE begins_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND begins_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  )
SELECT
  if(countIf(isNotNull(hours)) = 0, NULL, 3600 * quantileExactInclusiveIf(0.5)(assumeNotNull(hours), isNotNull(hours))) AS value,
  countIf(isNotNull(hours)) AS n,
  countIf(isNull(hours)) AS open,
  countIf(isNotNull(hours) AND is_from_deployment) AS from_deployment,
  countIf(isNotNull(hours) AND NOT is_from_deployment) AS without_cause
FROM durations
