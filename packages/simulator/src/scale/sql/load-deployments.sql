INSERT INTO domain.deployments (
  deployment_id, repo, service, environment, environment_kind, signal, is_counted, sha, ref, status, is_planned,
  started_at, finished_at, finished_at_is_exact, url, _version, _deleted
)
SELECT
  concat(r.repo, '@deployment:', toString(a.service_index), '-', toString(a.position), '-', a.label) AS id,
  r.repo, a.service, a.environment, a.environment_kind, 'deployment', true,
  -- One in two hundred does not say what it deployed.
  if(cityHash64({seed:UInt64}, a.repo_index, a.position, 'no sha') % 200 = 0, NULL, a.sha),
  'main', a.status, true,
  fromUnixTimestamp64Milli(a.ended_ms - 1, 'UTC'), fromUnixTimestamp64Milli(a.ended_ms, 'UTC'), true,
  concat('https://', r.repo, '/deployments/', a.label), toUInt64(a.ended_ms), 0
FROM scale.attempts AS a
INNER JOIN scale.repositories AS r ON r.repo_index = a.repo_index
WHERE a.ended_ms <= {until:Int64} AND a.ended_ms > {since:Int64}
