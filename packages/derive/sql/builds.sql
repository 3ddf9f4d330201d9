-- facts.builds of some repositories: one row per attempt created at {since} or later, with what only its neighbours
-- tell; those may be older.
WITH
  attempts AS
  (
    SELECT
      builds.created_at AS created_at,
      builds.repo AS repo,
      builds.build_id AS build_id,
      builds.attempt AS attempt,
      builds.provider AS provider,
      builds.pipeline AS pipeline,
      builds.trigger AS trigger,
      -- A pull request from a fork can come from a branch of the same name.
      builds.branch != '' AND builds.branch = places.default_branch
        AND NOT startsWith(builds.trigger, 'pull_request') AS is_default_branch,
      builds.sha AS sha,
      multiIf(
        builds.status != 'finished', '',
        builds.conclusion = 'success', 'success',
        builds.conclusion IN ('failure', 'timed_out'), 'failure',
        builds.conclusion = 'cancelled', 'cancelled',
        'other') AS result,
      builds.started_at AS started_at,
      if(builds.status = 'finished', builds.finished_at, NULL) AS finished_at,
      multiIf(
        builds.status != 'finished' OR isNull(builds.finished_at), 'unfinished',
        isNull(builds.started_at), 'not-started',
        builds.started_at < builds.created_at OR builds.finished_at < builds.started_at, 'negative',
        '') AS time_gap
    FROM domain.builds AS builds FINAL
    LEFT JOIN
    (
      SELECT repo, default_branch FROM domain.repositories FINAL WHERE repo IN {repos:Array(String)}
    ) AS places ON places.repo = builds.repo
    WHERE builds.repo IN {repos:Array(String)}
  ),
  -- Revisions on which a pipeline has failed and succeeded: its verdict was not the revision's. What failed is only to
  -- leave out the others, so versions that stand no more may be among it, and FINAL need not be waited for.
  failed AS
  (
    SELECT DISTINCT repo, pipeline, sha FROM domain.builds
    WHERE repo IN {repos:Array(String)} AND created_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND conclusion IN ('failure', 'timed_out') AND sha != ''
  ),
  undecided AS
  (
    SELECT DISTINCT repo, pipeline, sha FROM attempts
    WHERE result = 'success' AND sha != '' AND (repo, pipeline, sha) IN (SELECT repo, pipeline, sha FROM failed)
  ),
  -- The default branch in the order in which its verdicts came. A cancelled run is none.
  verdicts AS
  (
    SELECT
      repo,
      build_id,
      attempt,
      result = 'failure' AND lagInFrame(result, 1, '') OVER earlier = 'success' AS is_red_start,
      minIf(finished_at, result = 'success') OVER later AS green_at
    FROM attempts
    WHERE is_default_branch AND result IN ('success', 'failure') AND isNotNull(finished_at)
    WINDOW
      earlier AS (
        PARTITION BY repo, pipeline ORDER BY finished_at, build_id, attempt
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      -- Backwards, so that the frame only ever grows: one that loses rows is summed anew for each of them.
      later AS (
        PARTITION BY repo, pipeline ORDER BY finished_at DESC, build_id DESC, attempt DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ),
  red AS
  (
    SELECT repo, build_id, attempt, green_at FROM verdicts WHERE is_red_start
  ),
  -- Who owned the repository, and what may be shown of that, from when.
  owners AS
  (
    SELECT
      owner.1 AS repo,
      fromUnixTimestamp64Milli(owner.2, 'UTC') AS since,
      owner.3 AS service,
      owner.4 AS team,
      owner.5 AS team_group
    FROM
    (
      SELECT arrayJoin(arrayZip(
        {owner_repos:Array(String)}, {owner_since:Array(Int64)}, {owner_services:Array(String)},
        {owner_teams:Array(String)}, {owner_groups:Array(String)})) AS owner
    )
  ),
  prices AS
  (
    SELECT price.1 AS provider, price.2 AS pipeline, price.3 AS per_minute
    FROM
    (
      SELECT arrayJoin(arrayZip(
        {price_providers:Array(String)}, {price_pipelines:Array(String)}, {price_minutes:Array(Float64)})) AS price
    )
  ),
  timed AS
  (
    SELECT
      *,
      -- Only the first attempt: a later one has the creation of the build, and all that came before was no queue.
      if(time_gap = '' AND attempt = 1, dateDiff('second', created_at, assumeNotNull(started_at)), NULL) AS queue_seconds,
      if(time_gap = '', dateDiff('second', assumeNotNull(started_at), assumeNotNull(finished_at)), NULL) AS run_seconds,
      result = 'failure' AND (repo, pipeline, sha) IN (SELECT repo, pipeline, sha FROM undecided) AS is_flaky
    FROM attempts
    WHERE created_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  )
SELECT
  timed.created_at AS created_at,
  timed.repo AS repo,
  timed.build_id AS build_id,
  timed.attempt AS attempt,
  owners.service AS service,
  owners.team AS team,
  owners.team_group AS team_group,
  timed.provider AS provider,
  timed.pipeline AS pipeline,
  timed.trigger AS trigger,
  timed.is_default_branch AS is_default_branch,
  timed.sha AS sha,
  timed.result AS result,
  timed.finished_at AS finished_at,
  timed.queue_seconds AS queue_seconds,
  timed.run_seconds AS run_seconds,
  timed.time_gap AS time_gap,
  timed.attempt > 1 AS is_retry,
  timed.is_flaky AS is_flaky,
  if(timed.is_flaky, timed.run_seconds, 0) AS lost_seconds,
  red.build_id != '' AS is_red_start,
  if(red.build_id != '', red.green_at, NULL) AS green_at,
  if(prices.provider != '', timed.run_seconds / 60 * prices.per_minute, NULL) AS cost
FROM timed
ASOF LEFT JOIN owners ON owners.repo = timed.repo AND timed.created_at >= owners.since
LEFT JOIN red ON red.repo = timed.repo AND red.build_id = timed.build_id AND red.attempt = timed.attempt
LEFT JOIN prices ON prices.provider = timed.provider AND prices.pipeline = timed.pipeline
