-- Runs of every pipeline for each push of a pull request and for what lands: some flaky, some repeated in vain, and
-- stretches of hours in which the default branch is red.
INSERT INTO domain.builds (
  repo, build_id, attempt, provider, pipeline, pipeline_name, number, trigger, branch, sha, status, conclusion,
  created_at, started_at, finished_at, url, _version, _deleted
)
WITH
  (ms -> fromUnixTimestamp64Milli(toInt64(ms), 'UTC')) AS instant,
  (salt -> bitShiftRight(cityHash64({seed:UInt64}, repo_index, number, push, pipeline, attempt, salt), 11) / 9007199254740992.) AS u,
  (salt -> sqrt(-2 * log(u(salt) + 1e-16)) * cos(2 * pi() * u(concat(salt, '~')))) AS z,
  push = pushes + 1 AS is_landing,
  toUInt16(if(is_landing, 0, ceil(commit_count * push / pushes))) AS pushed,
  -- An attempt that follows another one begins when somebody has looked.
  if(is_landing, ended_ms + 5000, greatest(created_ms, commit_ms[pushed]) + 3000) + (attempt - 1) * 1500000 AS begun_ms,
  cityHash64({seed:UInt64}, repo_index, pipeline, intDiv(begun_ms, 604800000)) AS week,
  modulo(begun_ms, 604800000) - bitShiftRight(week, 8) % 432000000 AS since_red,
  is_landing AND week % 16 = 0 AND since_red > 0 AND since_red < 3600000 + bitShiftRight(week, 40) % 72000000 AS is_red,
  -- One in ten thousand says that it began before it was made.
  begun_ms + if(u('clock') < 0.0001, -60000, toInt64(1000 * least(7200, 15 * exp(1.2 * z('queue'))))) AS started_ms,
  started_ms + toInt64(1000 * least(21600, (120 + 90 * pipeline) * exp(0.6 * z('run')))) AS finished_ms,
  finished_ms <= {until:Int64} AS is_over
SELECT
  repo,
  concat('actions:', toString(((toUInt64(repo_index) * 10000000 + number) * 1000 + push) * 10 + pipeline)) AS build_id,
  attempt, 'actions',
  concat('.github/workflows/', ['ci', 'lint', 'test', 'build', 'security'][pipeline], '.yml'),
  ['CI', 'Lint', 'Test', 'Build', 'Security'][pipeline],
  number * 10 + push, if(is_landing, 'push', 'pull_request'), if(is_landing, 'main', concat('feature/', toString(number))),
  if(is_landing, tip, lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/', toString(pushed)))))),
  if(is_over, 'finished', 'running'),
  multiIf(
    NOT is_over, '',
    is_red, 'failure',
    attempts = 2 AND attempt = 1, 'failure',
    attempts = 2, if(is_flaky, 'success', 'failure'),
    u('cancelled') < 0.03, 'cancelled', u('skipped') < 0.01, 'skipped',
    u('result') < if(is_landing, 0.03, 0.14), 'failure', 'success'
  ),
  instant(begun_ms), instant(started_ms), if(is_over, instant(finished_ms), NULL),
  concat('https://', repo, '/actions/runs/', toString(number), '-', toString(push), '-', toString(pipeline)),
  toUInt64(if(is_over, greatest(finished_ms, begun_ms), begun_ms)), 0
FROM (
  SELECT
    *,
    cityHash64({seed:UInt64}, repo_index, number, push, pipeline, 'again') % 1000 AS again,
    again < 20 AS is_flaky,
    if(again < 35, 2, 1) AS attempts
  FROM (
    SELECT
      repo_index, repo, number, tip, created_ms, ended_ms, commit_ms, commit_count, pipelines,
      if(is_pull_request, least(commit_count, toUInt16(1 + floor(3.5 * exp(0.5 * sqrt(-2 * log(noise + 1e-16)) * cos(2 * pi() * angle))))), 0) AS pushes,
      bitShiftRight(cityHash64({seed:UInt64}, repo_index, number, 'pushes'), 11) / 9007199254740992. AS noise,
      bitShiftRight(cityHash64({seed:UInt64}, repo_index, number, 'pushes~'), 11) / 9007199254740992. AS angle,
      arrayJoin(if(lands, range(1, pushes + 2), range(1, pushes + 1))) AS push,
      arrayJoin(range(1, toUInt32(pipelines + 1))) AS pipeline
    FROM scale.changes
    -- No build lasts longer than nine hours: what is younger may have changed since.
    WHERE created_ms <= {until:Int64} AND ended_ms + 86400000 > {since:Int64}
  )
)
ARRAY JOIN range(1, attempts + 1) AS attempt
WHERE begun_ms <= {until:Int64} AND greatest(begun_ms, if(is_over, finished_ms, begun_ms)) > {since:Int64}
