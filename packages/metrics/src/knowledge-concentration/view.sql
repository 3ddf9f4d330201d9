-- knowledge_concentration: one row per path and quarter; value: its bus factor, the fewest people who made more than
-- half of the changes of the year before the end of that quarter.
-- `at` is a day into the quarter, so that it lies in it in every time zone that one may ask for. A path can name its
-- service, so it is withheld together with it.
SELECT
  addDays(quarter_start, 1) AS at,
  repo,
  if(is_service_withheld, '(withheld)', service) AS service,
  team,
  team_group,
  '' AS environment,
  if(is_service_withheld, '(withheld)', path) AS path,
  toNullable(bus_factor) AS value,
  '' AS gap,
  'changes' AS basis,
  quarter_start,
  change_count,
  contributor_count
FROM facts.path_knowledge FINAL
