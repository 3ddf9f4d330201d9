INSERT INTO domain.pull_requests (
  repo, number, node_id, title, state, is_draft, author_key, author_is_bot, base_branch, head_branch, head_sha, is_from_fork,
  created_at, ready_at, merged_at, closed_at, updated_at, merge_commit_sha, merged_by_key, is_in_merge_queue,
  additions, deletions, changed_file_count, commit_count, review_count, event_count, comment_count,
  commit_shas, commit_authored_at, commit_author_keys, file_paths, file_additions, file_deletions,
  labels, reverts_number, _version, _deleted
)
WITH
  (ms -> fromUnixTimestamp64Milli(toInt64(ms), 'UTC')) AS instant,
  (person -> lower(hex(sipHash128({seed:UInt64}, 'person', toUInt32(person))))) AS key,
  (i -> lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/', toString(i)))))) AS own_sha,
  ((i, salt) -> bitShiftRight(cityHash64({seed:UInt64}, repo_index, number, i, salt), 11) / 9007199254740992.) AS v,
  arrayFilter(ms -> ms <= {until:Int64}, commit_ms) AS seen_commits,
  arrayFilter(ms -> ms <= {until:Int64}, review_ms) AS seen_reviews,
  arrayMax(arrayFilter(ms -> ms <= {until:Int64},
    arrayConcat([created_ms, ready_ms, ended_ms], review_ms, commit_ms))) AS updated_ms,
  ended_ms <= {until:Int64} AS is_over,
  is_over AND fate = 'merged' AS is_merged,
  range(toUInt16(if(is_bot, 1, least(60, 1 + floor(3 * exp(sqrt(-2 * log(v(0, 'files') + 1e-16)) * cos(2 * pi() * v(1, 'files')))))))) AS files,
  (i -> concat(
    if(slots = 1, '', concat('services/part-', toString(1 + if(i = 1, other_slot, slot)), '/')),
    ['src/api/', 'src/core/', 'src/store/', 'docs/'][1 + toUInt8(floor(4 * v(i, 'folder')))],
    'file-', toString(toUInt32(floor(150 * v(i, 'file')))), if(i % 5 = 4, '.md', '.ts')
  )) AS path
SELECT
  repo, number,
  concat('PR_', toString(repo_index), '_', toString(number)),
  multiIf(reverts > 0, concat('Revert "Change ', toString(reverts), '"'), is_bot, 'Update a dependency', concat('Change ', toString(number))),
  multiIf(is_merged, 'merged', is_over, 'closed', 'open'),
  began_as_draft AND ready_ms > {until:Int64},
  key(author), is_bot,
  if(is_beside_main, 'release/next', 'main'),
  multiIf(reverts > 0, concat('revert-', toString(reverts), '-change'), is_bot, concat('renovate/', toString(number)),
    is_hotfix, concat('hotfix/', toString(number)), concat('feature/', toString(number))),
  own_sha(length(seen_commits)),
  NOT is_bot AND v(0, 'fork') < 0.01,
  instant(created_ms),
  if(ready_ms <= {until:Int64}, instant(ready_ms), NULL),
  if(is_merged, instant(ended_ms), NULL),
  if(is_over, instant(ended_ms), NULL),
  instant(updated_ms),
  if(is_merged, tip, NULL),
  multiIf(NOT is_merged, '', review_count = 0 OR v(0, 'merger') < 0.6, key(author), key(reviewers[1])),
  false,
  arraySum(file_additions), arraySum(file_deletions), length(file_paths), length(seen_commits), length(seen_reviews),
  2 + 2 * is_over, 0,
  arrayMap(i -> own_sha(i), arrayEnumerate(seen_commits)) AS commit_shas,
  arrayMap(ms -> toNullable(instant(ms + has_wrong_clock * 259200000)), seen_commits),
  arrayMap(ms -> key(author), seen_commits),
  arrayMap(i -> if(i > 0 AND v(i, 'generated') < 0.03, 'package-lock.json', path(i)), files) AS file_paths,
  arrayMap(i -> toUInt32(if(v(i, 'generated') < 0.03, 400, 12) * exp(1.2 * sqrt(-2 * log(v(i, 'lines') + 1e-16)) * cos(2 * pi() * v(i, 'lines~')))), files) AS file_additions,
  arrayMap(i -> toUInt32(6 * v(i, 'deleted') * v(i, 'deleted more') * 4), files) AS file_deletions,
  if(is_hotfix, ['hotfix'], []),
  if(reverts > 0, reverts, NULL),
  toUInt64(updated_ms), 0
FROM scale.changes
WHERE is_pull_request AND created_ms <= {until:Int64} AND updated_ms > {since:Int64}
