-- Four Keys: interpolated median, over the different pairs of day and minutes, from a commit to its deployment to any
-- environment. A deployment knows the commits of one push, the one whose newest commit was deployed.
WITH
  deployments AS (
    SELECT repo, deployment_id, sha, finished_at, environment_kind = 'production' AS is_ours
    FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)}
      AND finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ),
  commits AS (
    SELECT repo, sha, committed_at, length(parents) > 1 AS is_merge
    FROM domain.commits FINAL WHERE repo IN {repos:Array(String)}
  ),
  -- Merging pushes the commits of the branch with the merge; a squash is a push of one commit.
  pushes AS (
    SELECT heads.repo AS repo, heads.sha AS head, if(heads.is_merge AND notEmpty(merges.commit_shas), merges.commit_shas, [heads.sha]) AS shas
    FROM commits AS heads
    LEFT JOIN (
      SELECT repo, merge_sha, commit_shas FROM facts.changes FINAL WHERE repo IN {repos:Array(String)}
    ) AS merges ON merges.repo = heads.repo AND merges.merge_sha = heads.sha
    WHERE (heads.repo, heads.sha) IN (SELECT repo, sha FROM deployments)
  ),
  brought AS (
    SELECT
      deployments.repo AS repo,
      toDate(deployments.finished_at, {time_zone:String}) AS day,
      deployments.is_ours AS is_ours,
      intDiv(dateDiff('millisecond', commits.committed_at, deployments.finished_at), 60000) AS minutes
    FROM deployments
    INNER JOIN (SELECT repo, head, arrayJoin(shas) AS sha FROM pushes) AS pushed
      ON pushed.repo = deployments.repo AND pushed.head = deployments.sha
    INNER JOIN commits ON commits.repo = pushed.repo AND commits.sha = pushed.sha
    WHERE commits.committed_at IS NOT NULL
  ),
  -- Its query groups by day and minutes, so equal ones count once.
  different AS (SELECT DISTINCT day, assumeNotNull(minutes) AS minutes FROM brought WHERE minutes > 0)
SELECT
  (SELECT if(count() = 0, NULL, 60 * quantileExactInclusive(0.5)(minutes)) FROM different) AS value,
  (SELECT count() FROM different) AS n,
  (SELECT countIf(minutes <= 0) FROM brought) AS not_positive,
  (SELECT countIf(minutes > 0) FROM brought) - n AS equal_pairs,
  (SELECT countIf(NOT is_ours) FROM brought) AS other_environments,
  (
    SELECT count() FROM facts.commit_deployments FINAL
    WHERE repo IN {repos:Array(String)}
      AND (repo, deployment_id) IN (SELECT repo, deployment_id FROM deployments)
      AND (repo, sha) NOT IN (SELECT repo, arrayJoin(shas) FROM pushes)
  ) AS unknown_commits
