-- Three in a hundred deployments to production hurt, half of the reports name which; a few have no such cause.
INSERT INTO domain.incidents (
  repo, incident_id, service, environment, severity, title, opened_at, acknowledged_at, resolved_at, caused_by, labels, url,
  _version, _deleted
)
WITH
  (ms -> fromUnixTimestamp64Milli(toInt64(ms), 'UTC')) AS instant,
  (salt -> bitShiftRight(cityHash64({seed:UInt64}, repo_index, service_index, position, label, salt), 11) / 9007199254740992.) AS u,
  (salt -> sqrt(-2 * log(u(salt) + 1e-16)) * cos(2 * pi() * u(concat(salt, '~')))) AS z,
  ended_ms + toInt64(1200000 * exp(z('opened'))) AS opened_ms,
  opened_ms + toInt64(420000 * exp(0.9 * z('acknowledged'))) AS acknowledged_ms,
  acknowledged_ms + toInt64(5400000 * exp(1.1 * z('resolved'))) AS resolved_ms,
  u('names') < 0.5 AS names_deployment
SELECT
  repo, concat(repo, '#', toString(10000000 + service_index * 100000 + position)), service, 'production',
  concat('sev', toString(1 + toUInt8(floor(4 * sqrt(u('severity')))))), 'Something is wrong',
  instant(opened_ms),
  if(acknowledged_ms <= {until:Int64}, instant(acknowledged_ms), NULL),
  if(resolved_ms <= {until:Int64}, instant(resolved_ms), NULL),
  if(names_deployment, concat(repo, '@deployment:', toString(service_index), '-', toString(position), '-', label), NULL),
  ['incident'], concat('https://', repo, '/issues/', toString(position)),
  toUInt64(multiIf(resolved_ms <= {until:Int64}, resolved_ms, acknowledged_ms <= {until:Int64}, acknowledged_ms, opened_ms)), 0
FROM (SELECT a.*, r.repo FROM scale.attempts AS a INNER JOIN scale.repositories AS r ON r.repo_index = a.repo_index)
WHERE environment_kind = 'production' AND status = 'success' AND label IN ('production', 'prod-eu') AND u('hurts') < 0.04
  AND opened_ms <= {until:Int64}
  AND arrayExists(ms -> ms <= {until:Int64} AND ms > {since:Int64}, [opened_ms, acknowledged_ms, resolved_ms])
