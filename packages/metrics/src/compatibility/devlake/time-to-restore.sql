-- DevLake, 2021: lower median of an incident's own duration in whole minutes, of incidents opened in the window;
-- whatever caused them.
WITH durations AS (
  SELECT 60 * intDiv(dateDiff('millisecond', opened_at, assumeNotNull(resolved_at)), 60000) AS seconds
  FROM domain.incidents FINAL
  WHERE repo IN {repos:Array(String)}
    AND resolved_at IS NOT NULL
    AND opened_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
    AND opened_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
)
SELECT
  if(count() = 0, NULL, toFloat64(quantileExactLow(0.5)(seconds))) AS value,
  count() AS n,
  if(count() = 0, NULL, quantileExactInclusive(0.5)(seconds)) AS interpolated
FROM durations
