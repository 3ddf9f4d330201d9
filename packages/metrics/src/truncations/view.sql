-- truncations: one row per thing that a source could not read in full, since that was last written down; value 1.
-- Reads ops.truncations, because what is not there has no facts; the repository's facts say whose it is.
SELECT
  fromUnixTimestamp64Milli(toInt64(cut._version), 'UTC') AS at,
  CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS ends_at,
  cut.repo AS repo,
  repositories.service AS service,
  repositories.services AS services,
  repositories.team AS team,
  repositories.team_group AS team_group,
  '' AS environment,
  cut.source AS source,
  toString(cut.reason) AS finding,
  toNullable(1) AS value,
  '' AS gap,
  toString(cut.reason) AS basis,
  cut.stream AS stream,
  cut.entity AS entity,
  cut.detail AS detail,
  transform(
    toString(cut.reason),
    ['shallow-history', 'unrecognised-tag', 'tag-without-commit', 'unreadable-object', 'cut-list', 'out-of-reach',
     'no-permission', 'count-mismatch'],
    ['Fetch the rest of the history: git fetch --unshallow, then collect again.',
     'Add a pattern for it to git.tags, or leave it: it counts as no release.',
     'Nothing to do, unless it was meant as a release: then tag a commit.',
     'Run git fsck in a clone; clone it anew where objects are missing, then collect again.',
     'The source lists no more. Where commits are cut, collect the repository from a clone as well: --source git.',
     'Run the same collection again; it reads again what did not answer.',
     'Give the token the permission that the detail names, then collect again.',
     'Run the same collection again; when it stays, compare the numbers by hand.'],
    '') AS fix
FROM (SELECT * FROM ops.truncations FINAL) AS cut
LEFT JOIN (SELECT * FROM facts.repositories FINAL) AS repositories ON repositories.repo = cut.repo
