-- DevLake: lower median of coding + (created to merged) + deploy, of pull requests whose deployment finished in the
-- window. Each part is in whole minutes, rounded up; a negative part is null, and a null part adds nothing.
WITH
  deployments AS (
    SELECT
      outcomes.repo AS repo,
      outcomes.deployment_id AS deployment_id,
      outcomes.finished_at AS finished_at,
      coalesce(known.started_at, outcomes.finished_at) AS started_at
    FROM (
      SELECT repo, deployment_id, finished_at FROM facts.deployment_outcomes FINAL
      WHERE repo IN {repos:Array(String)} AND match(environment, '(?i)prod(.*)')
    ) AS outcomes
    LEFT JOIN (
      SELECT repo, deployment_id, started_at FROM domain.deployments FINAL WHERE repo IN {repos:Array(String)}
    ) AS known ON known.repo = outcomes.repo AND known.deployment_id = outcomes.deployment_id
  ),
  -- What the first deployment ever carried has no row here, so it never links.
  carried AS (
    SELECT commits.repo AS repo, commits.sha AS sha, argMin(deployments.finished_at, deployments.started_at) AS deployed_at
    FROM (
      SELECT repo, sha, deployment_id FROM facts.commit_deployments FINAL WHERE repo IN {repos:Array(String)}
    ) AS commits
    INNER JOIN deployments ON deployments.repo = commits.repo AND deployments.deployment_id = commits.deployment_id
    GROUP BY repo, sha
  ),
  deployed AS (
    SELECT
      pulls.author_is_bot AS is_bot,
      pulls.first_authored_at AS first_authored_at,
      pulls.created_at AS created_at,
      pulls.merged_at AS merged_at,
      carried.deployed_at AS deployed_at
    FROM (
      SELECT
        repo, author_is_bot, created_at, assumeNotNull(merged_at) AS merged_at, assumeNotNull(merge_commit_sha) AS sha,
        arrayMin(arrayFilter(at -> isNotNull(at), commit_authored_at)) AS first_authored_at
      FROM domain.pull_requests FINAL
      WHERE repo IN {repos:Array(String)} AND state = 'merged' AND merged_at IS NOT NULL AND merge_commit_sha IS NOT NULL
    ) AS pulls
    INNER JOIN carried ON carried.repo = pulls.repo AND carried.sha = pulls.sha
    WHERE carried.deployed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND carried.deployed_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ),
  parts AS (
    SELECT
      is_bot,
      dateDiff('millisecond', first_authored_at, created_at) AS coding_ms,
      dateDiff('millisecond', created_at, merged_at) AS open_ms,
      dateDiff('millisecond', merged_at, deployed_at) AS deploy_ms,
      if(coding_ms < 0, NULL, ceil(coding_ms / 60000)) AS coding_minutes,
      if(open_ms < 0, NULL, ceil(open_ms / 60000)) AS open_minutes,
      if(deploy_ms < 0, NULL, ceil(deploy_ms / 60000)) AS deploy_minutes,
      60 * (ifNull(coding_minutes, 0) + ifNull(open_minutes, 0) + ifNull(deploy_minutes, 0)) AS cycle_seconds
    FROM deployed
  ),
  -- The changes of our own figure, and the pull requests that it can be told from.
  ours AS (
    SELECT change_id FROM facts.change_deployments FINAL
    WHERE repo IN {repos:Array(String)} AND is_primary AND NOT is_bot AND isNotNull(lead_time_seconds)
      AND environment_kind = 'production'
      AND deployed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND deployed_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ),
  collected AS (
    SELECT concat(repo, '#', toString(number)) AS change_id, merge_commit_sha
    FROM domain.pull_requests FINAL
    WHERE repo IN {repos:Array(String)}
  )
SELECT
  if(count() = 0, NULL, toFloat64(quantileExactLow(0.5)(assumeNotNull(cycle_seconds)))) AS value,
  count() AS n,
  if(count() = 0, NULL, quantileExactInclusive(0.5)(assumeNotNull(cycle_seconds))) AS interpolated,
  countIf(is_bot) AS bots,
  countIf(coding_minutes IS NULL) AS without_coding,
  countIf(deploy_ms < 0) AS deployed_before_merge,
  (
    SELECT countIf(change_id NOT IN (SELECT change_id FROM collected)) FROM ours
  ) AS without_pull_request,
  (
    SELECT countIf(change_id IN (SELECT change_id FROM collected WHERE merge_commit_sha IS NULL)) FROM ours
  ) AS without_merge_commit
FROM parts
