INSERT INTO domain.repositories (
  repo, default_branch, head_sha, is_shallow, has_paths, repo_id, visibility, is_fork, is_archived, is_gone, created_at,
  pushed_at, primary_language, _version, _deleted
)
SELECT
  r.repo, 'main', if(l.tip = '', lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(r.repo_index), '/root')))), l.tip),
  false, false, concat('github.com:R_', toString(r.repo_index)), 'private', r.is_fork,
  r.is_archived AND r.ends_ms <= {until:Int64}, false,
  fromUnixTimestamp64Milli(toInt64(r.begins_ms), 'UTC'),
  if(l.tip = '', NULL, fromUnixTimestamp64Milli(l.merged_ms, 'UTC')), 'TypeScript', toUInt64({until:Int64}), 0
FROM scale.repositories AS r
LEFT JOIN (
  SELECT repo_index, argMax(landings.tip, position) AS tip, max(landings.merged_ms) AS merged_ms
  FROM scale.landings WHERE landings.merged_ms <= {until:Int64} GROUP BY repo_index
) AS l ON l.repo_index = r.repo_index
WHERE r.begins_ms <= {until:Int64} AND r.repo_index IN (
  SELECT repo_index FROM scale.changes WHERE created_ms <= {until:Int64} AND created_ms > {since:Int64}
  UNION ALL
  SELECT repo_index FROM scale.changes WHERE ended_ms <= {until:Int64} AND ended_ms > {since:Int64}
)
