-- source_freshness: one row per run of a source over a target that brought something, which stands until the next one:
-- its age is how old the data are. A target is first a row without a value, from its first try to its first such run.
-- Reads ops.collector_runs, because freshness is about collecting; the repository's facts say whose it is.
-- One pass and arrays of numbers, twice the finish and one more for a partial run: a window function over years of runs
-- takes several times as long.
SELECT
  begin AS at,
  ends_at,
  if(runs.source = 'github-organisation', '', runs.target) AS repo,
  repositories.service AS service,
  repositories.services AS services,
  repositories.team AS team,
  repositories.team_group AS team_group,
  '' AS environment,
  runs.source AS source,
  if(outcome = '', NULL, toNullable(1)) AS value,
  if(outcome = '', 'never-read', '') AS gap,
  outcome AS basis,
  runs.target AS target
FROM
(
  SELECT
    source,
    target,
    arraySort(groupArrayIf(
      toUnixTimestamp64Milli(assumeNotNull(finished_at)) * 2 + (status = 'partial'),
      status IN ('ok', 'partial') AND finished_at IS NOT NULL)) AS finished,
    arrayMap(each -> fromUnixTimestamp64Milli(intDiv(each, 2), 'UTC'), finished) AS instants,
    arrayPushFront(instants, min(started_at)) AS begins,
    arrayPushBack(arrayMap(each -> toNullable(each), instants), NULL) AS ends,
    arrayPushFront(arrayMap(each -> if(each % 2 = 1, 'partial', 'ok'), finished), '') AS outcomes
  FROM ops.collector_runs FINAL
  GROUP BY source, target
) AS runs
ARRAY JOIN begins AS begin, ends AS ends_at, outcomes AS outcome
LEFT JOIN (SELECT * FROM facts.repositories FINAL) AS repositories ON repositories.repo = runs.target
