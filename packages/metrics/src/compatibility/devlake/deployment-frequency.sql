-- DevLake: median over the weeks of the window of the days with a successful production deployment.
-- Weeks begin on Monday; empty and cut ones count; the days go back at most 400 from the end of the window.
WITH
  toDate(fromUnixTimestamp64Milli({until:Int64} - 1, 'UTC'), {time_zone:String}) AS last_day,
  toDate(fromUnixTimestamp64Milli({since:Int64}, 'UTC'), {time_zone:String}) AS first_day,
  outcomes AS (
    SELECT
      toDate(finished_at, {time_zone:String}) AS day,
      match(environment, '(?i)prod(.*)') AS is_theirs,
      environment_kind = 'production' AS is_ours
    FROM facts.deployment_outcomes FINAL
    WHERE repo IN {repos:Array(String)}
      AND finished_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND finished_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  ),
  days AS (
    SELECT
      last_day - number AS day,
      day IN (SELECT day FROM outcomes WHERE is_theirs) AS is_deployed
    FROM numbers(400)
    WHERE last_day - number >= first_day
  ),
  weeks AS (SELECT toStartOfWeek(day, 1) AS week, countIf(is_deployed) AS deployed FROM days GROUP BY week),
  months AS (SELECT toStartOfMonth(day) AS month, countIf(is_deployed) AS deployed FROM days GROUP BY month),
  half_years AS (
    SELECT (toYear(day), toMonth(day) > 6) AS half_year, countIf(is_deployed) AS deployed FROM days GROUP BY half_year
  )
SELECT
  -- The lower median: the greatest value with a percent rank of at most one half.
  (SELECT if(count() = 0, NULL, toFloat64(quantileExactLow(0.5)(deployed))) FROM weeks) AS value,
  (SELECT count() FROM weeks) AS n,
  (SELECT if(count() = 0, NULL, quantileExactInclusive(0.5)(deployed)) FROM weeks) AS interpolated,
  (SELECT toFloat64(quantileExactLow(0.5)(deployed)) FROM months) AS per_month,
  (SELECT toFloat64(quantileExactLow(0.5)(deployed)) FROM half_years) AS per_half_year,
  (SELECT countIf(is_theirs) FROM outcomes) AS deployments,
  (SELECT countIf(is_deployed) FROM days) AS deployed_days,
  (SELECT countIf(deployed = 0) FROM weeks) AS empty_weeks,
  (SELECT countIf(is_theirs AND NOT is_ours) FROM outcomes) AS other_environments,
  (SELECT countIf(is_ours AND NOT is_theirs) FROM outcomes) AS unmatched_environments,
  greatest(0, toInt64(last_day - first_day) + 1 - 400) AS days_cut
