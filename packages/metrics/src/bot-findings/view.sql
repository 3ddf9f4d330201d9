-- bot_findings: one row per finding of the review bot; value 1.
-- Reads domain.bot_findings, which needs no computing; the repository's facts say whose it is.
SELECT
  found.found_at AS at,
  found.repo AS repo,
  repositories.service AS service,
  repositories.services AS services,
  repositories.team AS team,
  repositories.team_group AS team_group,
  '' AS environment,
  found.rule AS rule,
  found.severity AS severity,
  toNullable(1) AS value,
  '' AS gap,
  if(found.resolution = '', 'open', found.resolution) AS basis,
  found.number AS number,
  found.finding_id AS finding_id,
  found.path AS path
FROM (SELECT * FROM domain.bot_findings FINAL) AS found
LEFT JOIN (SELECT * FROM facts.repositories FINAL) AS repositories ON repositories.repo = found.repo
