-- lint_adoption: one row per lint report of a repository that is at work, which stands until its next report; value 1
-- where the shared configuration is adopted. A repository that has never reported is a row without a value, once any has.
-- Reads domain.lint_reports, which needs no computing; the repository's facts say whose it is.
SELECT
  if(reports.report_id = '', repositories.observed_at, reports.collected_at) AS at,
  reports.ends_at AS ends_at,
  repositories.repo AS repo,
  repositories.service AS service,
  repositories.services AS services,
  repositories.team AS team,
  repositories.team_group AS team_group,
  '' AS environment,
  if(reports.report_id = '', NULL, toNullable(toUInt8(reports.is_adopted))) AS value,
  if(reports.report_id = '', 'never-reported', '') AS gap,
  reports.config_version AS basis,
  reports.report_id AS report_id
FROM
(
  SELECT * FROM facts.repositories FINAL WHERE NOT is_archived AND NOT is_fork
) AS repositories
LEFT JOIN
(
  SELECT
    repo, report_id, collected_at, is_adopted, config_version,
    leadInFrame(toNullable(collected_at)) OVER (
      PARTITION BY repo ORDER BY collected_at, report_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS ends_at
  FROM domain.lint_reports FINAL
) AS reports ON reports.repo = repositories.repo
WHERE (SELECT count() FROM domain.lint_reports FINAL) > 0
