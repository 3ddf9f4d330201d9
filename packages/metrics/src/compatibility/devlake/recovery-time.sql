-- DevLake, 2023: lower median, in whole minutes, from the finish of the deployment that an incident is charged to (the
-- latest before it) until the incident was resolved; both in the window.
WITH
  deployments AS (
    SELECT 1 AS project, finished_at, is_failure, failed_at
    FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)} AND match(environment, '(?i)prod(.*)')
  ),
  charged AS (
    SELECT
      60 * intDiv(dateDiff('millisecond', deployments.finished_at, incidents.resolved_at), 60000) AS seconds,
      dateDiff('day', deployments.finished_at, incidents.opened_at) > 30 AS is_old,
      incidents.opened_at AS opened_at,
      incidents.resolved_at AS resolved_at,
      deployments.finished_at AS finished_at
    FROM (
      SELECT 1 AS project, opened_at, assumeNotNull(resolved_at) AS resolved_at
      FROM domain.incidents FINAL
      WHERE repo IN {repos:Array(String)} AND resolved_at IS NOT NULL
    ) AS incidents
    ASOF INNER JOIN deployments
      ON incidents.project = deployments.project AND incidents.opened_at > deployments.finished_at
    WHERE deployments.finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND deployments.finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
      AND incidents.resolved_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND incidents.resolved_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  )
SELECT
  if(count() = 0, NULL, toFloat64(quantileExactLow(0.5)(seconds))) AS value,
  count() AS n,
  if(count() = 0, NULL, quantileExactInclusive(0.5)(seconds)) AS interpolated,
  countIf(is_old) AS old_incidents,
  -- How much of it passed before anybody had noticed anything.
  if(count() = 0, NULL, quantileExactInclusive(0.5)(dateDiff('second', finished_at, opened_at))) AS before_opening
FROM charged
