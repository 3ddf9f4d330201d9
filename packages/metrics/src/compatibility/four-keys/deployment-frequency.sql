-- Four Keys: interpolated median over the weeks of the window of the days with a deployment to any environment.
-- Weeks begin on Sunday and the days after the first event that is known.
WITH
  toDate(fromUnixTimestamp64Milli({until:Int64} - 1, 'UTC'), {time_zone:String}) AS last_day,
  toDate(fromUnixTimestamp64Milli({since:Int64}, 'UTC'), {time_zone:String}) AS first_day,
  outcomes AS (
    SELECT finished_at, toDate(finished_at, {time_zone:String}) AS day, environment_kind = 'production' AS is_ours
    FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)}
  ),
  days AS (
    SELECT last_day - number AS day, day IN (SELECT day FROM outcomes) AS is_deployed
    FROM numbers(toUInt64(greatest(0, toInt64(last_day - first_day) + 1)))
    WHERE day > (
      SELECT toDate(minOrNull(first_at), {time_zone:String})
      FROM (
        SELECT min(finished_at) AS first_at FROM outcomes HAVING count() > 0
        UNION ALL
        SELECT assumeNotNull(min(committed_at)) AS first_at FROM domain.commits FINAL
        WHERE repo IN {repos:Array(String)} HAVING min(committed_at) IS NOT NULL
      )
    )
  ),
  weeks AS (
    SELECT toStartOfWeek(day, 0) AS week, countIf(is_deployed) AS deployed, max(is_deployed) AS is_week_deployed
    FROM days GROUP BY week
  ),
  -- One row per week, as there: the months are weighted by their weeks.
  months AS (
    SELECT deployed, is_week_deployed, sum(is_week_deployed) OVER (PARTITION BY toStartOfMonth(week)) AS deployed_weeks
    FROM weeks
  )
SELECT
  if(count() = 0, NULL, quantileExactInclusive(0.5)(deployed)) AS value,
  count() AS n,
  if(count() = 0, NULL, quantileExactInclusive(0.5)(is_week_deployed)) AS per_week,
  if(count() = 0, NULL, quantileExactInclusive(0.5)(deployed_weeks)) AS per_month,
  (
    SELECT countIf(NOT is_ours) FROM outcomes
    WHERE finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ) AS other_environments,
  (
    SELECT count() FROM outcomes
    WHERE finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ) AS deployments,
  (SELECT countIf(is_deployed) FROM days) AS deployed_days
FROM months
