-- From when on a change of builds can be seen in facts.builds, per repository. What changed lies in the months given; of
-- all other months the stored facts tell as much as the builds. Mostly without FINAL: rows that stand no more can only
-- make it earlier than it need be, and of the changed months and their revisions not by much.
WITH
  touched AS
  (
    SELECT
      repo,
      pipeline,
      sha,
      created_at,
      if(branch IN (SELECT default_branch FROM domain.repositories FINAL WHERE repo IN {repos:Array(String)})
        AND NOT startsWith(trigger, 'pull_request'), finished_at, NULL) AS verdict_at
    FROM domain.builds
    WHERE repo IN {repos:Array(String)}
      AND (repo, toYYYYMM(created_at)) IN (SELECT arrayJoin(arrayZip({changed_repos:Array(String)}, {changed_months:Array(UInt32)})))
    UNION ALL
    -- As they were: what is gone or was different has left its mark on others. An instant leaves out partitions, which
    -- a month of it cannot.
    SELECT repo, pipeline, sha, created_at, if(is_default_branch, finished_at, NULL) AS verdict_at
    FROM facts.builds
    WHERE repo IN {repos:Array(String)}
      AND created_at >= fromUnixTimestamp64Milli({changed_from:Int64}, 'UTC')
      AND (repo, toYYYYMM(created_at)) IN (SELECT arrayJoin(arrayZip({changed_repos:Array(String)}, {changed_months:Array(UInt32)})))
  ),
  pipelines AS
  (
    SELECT repo, pipeline, min(verdict_at) AS first_verdict_at FROM touched
    GROUP BY repo, pipeline HAVING isNotNull(first_verdict_at)
  ),
  (SELECT min(first_verdict_at) FROM pipelines) AS first_of_all
SELECT repo, toUnixTimestamp64Milli(min(created_at)) AS since
FROM
(
  SELECT repo, created_at FROM touched
  UNION ALL
  -- Failures on the same revision: they may have become flaky, or may be so no more.
  SELECT repo, created_at FROM facts.builds
  WHERE repo IN {repos:Array(String)} AND result = 'failure' AND sha != ''
    AND (repo, pipeline, sha) IN (SELECT repo, pipeline, sha FROM touched)
  UNION ALL
  -- Verdicts of the default branch that came later, and what was red when the first of them came. With FINAL: where
  -- nobody merges, what was red once would be so for ever. The first of all spares most rows the join.
  SELECT stored.repo AS repo, stored.created_at AS created_at
  FROM
  (
    SELECT repo, pipeline, created_at, finished_at, is_red_start, green_at FROM facts.builds FINAL
    WHERE repo IN {repos:Array(String)} AND is_default_branch AND result IN ('success', 'failure')
      AND (finished_at >= first_of_all OR (is_red_start AND (isNull(green_at) OR green_at >= first_of_all)))
  ) AS stored
  INNER JOIN pipelines ON pipelines.repo = stored.repo AND pipelines.pipeline = stored.pipeline
  WHERE stored.finished_at >= pipelines.first_verdict_at
    OR (stored.is_red_start AND (isNull(stored.green_at) OR stored.green_at >= pipelines.first_verdict_at))
)
GROUP BY repo
