-- data_findings: one row per thing that is wrong with the data, since it was found; value 1. Each says how to mend it.
-- The repository's facts say whose it is, and which of its services may be shown: of the others a finding names neither
-- the service nor the thing. Nor is a team named, which may be too small. facts.findings has all, for whoever mends it.
SELECT
  fromUnixTimestamp64Milli(toInt64(found._version), 'UTC') AS at,
  CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS ends_at,
  found.repo AS repo,
  if(found.service = '' OR has(repositories.services, found.service), found.service, '(withheld)') AS service,
  repositories.team AS team,
  repositories.team_group AS team_group,
  '' AS environment,
  toString(found.kind) AS finding,
  toNullable(1) AS value,
  '' AS gap,
  '' AS basis,
  if(
    service = '(withheld)' OR finding IN ('team-in-two-groups', 'overlapping-membership', 'unknown-time-zone'),
    '', found.entity) AS entity,
  found.fix AS fix
FROM (SELECT * FROM facts.findings FINAL) AS found
LEFT JOIN (SELECT repo, services, team, team_group FROM facts.repositories FINAL) AS repositories
  ON repositories.repo = found.repo
