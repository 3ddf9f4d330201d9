-- What a release sets off: staging, attempts that fail, production, and now and then the way back.
CREATE TABLE scale.attempts ENGINE = MergeTree ORDER BY (repo_index, ended_ms) AS
WITH
  (salt -> bitShiftRight(cityHash64({seed:UInt64}, repo_index, service_index, position, salt), 11) / 9007199254740992.) AS u,
  (salt -> sqrt(-2 * log(u(salt) + 1e-16)) * cos(2 * pi() * u(concat(salt, '~')))) AS z,
  toInt64(least(0.4 * room_ms, 2400000 * exp(1.1 * z('delay')))) AS delay,
  -- From one production environment to the next.
  toInt64(least(0.02 * room_ms, 600000)) AS step,
  tip_before != '' AND room_ms > 7200000 AND u('rollback') < 0.015 AS rolls_back,
  toInt64(least(0.3 * room_ms, 3600000 * exp(0.8 * z('rollback time')))) AS hold
SELECT
  repo_index, service_index, service, position, number,
  attempt.1 AS environment, attempt.2 AS environment_kind, attempt.3 AS status, attempt.4 AS sha,
  merged_ms + attempt.5 AS ended_ms,
  attempt.6 AS label
FROM scale.releases
ARRAY JOIN arrayConcat(
  if(has_staging, [('staging', 'staging', 'success', tip, toInt64(0.3 * delay), 'staging')], []),
  if(u('attempt') < 0.05, [(environments[1], 'production', 'failure', tip, toInt64(0.7 * delay), 'failed')], []),
  arrayMap((environment, i) -> (environment, 'production', 'success', tip, delay + (i - 1) * step, environment),
    environments, arrayEnumerate(environments)),
  if(rolls_back, arrayMap((environment, i) -> (environment, 'production', 'success', tip_before, delay + hold + i * step,
    concat('back-', environment)), environments, arrayEnumerate(environments)), [])
) AS attempt
