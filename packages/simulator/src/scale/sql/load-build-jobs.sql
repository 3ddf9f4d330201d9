-- Jobs are read of every tenth build: a company of this size cannot afford the requests for all.
INSERT INTO domain.build_jobs (
  repo, build_id, job_id, attempt, name, status, conclusion, created_at, started_at, finished_at, _version, _deleted
)
WITH cityHash64({seed:UInt64}, build_id, attempt, nth) % 1000 / 1000 AS share
SELECT
  repo, build_id, concat('job:', toString(attempt), '-', toString(nth)), attempt,
  concat(pipeline_name, ' ', ['linux', 'windows', 'browser'][nth]), status,
  if(nth = 1 OR conclusion != 'failure', conclusion, 'success'),
  created_at, started_at,
  if(finished_at IS NULL, NULL, started_at + toIntervalMillisecond(toInt64(
    (0.3 + 0.7 * if(nth = 1, 1, share)) * (toUnixTimestamp64Milli(assumeNotNull(finished_at)) - toUnixTimestamp64Milli(assumeNotNull(started_at)))))),
  _version, 0
FROM domain.builds
ARRAY JOIN [1, 2, 3] AS nth
WHERE cityHash64({seed:UInt64}, build_id) % 10 = 0 AND _version BETWEEN {since:Int64} + 1 AND {until:Int64}
