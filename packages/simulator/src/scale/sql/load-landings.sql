-- What merging put on a branch: a squash, a merge, or each commit written anew; and pushes without a pull request.
INSERT INTO domain.commits (
  repo, sha, parents, author_key, author_is_bot, authored_at, committed_at, subject, number, head_branch, reverts_sha,
  reverts_number, cherry_picked_from, has_paths, paths, _version, _deleted
)
WITH
  (ms -> fromUnixTimestamp64Milli(toInt64(ms), 'UTC')) AS instant,
  (i -> lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/', toString(i)))))) AS own_sha,
  method = 'rebase' AND is_pull_request AS is_rebased,
  method = 'merge' AND is_pull_request AS is_merged,
  if(lands, tip_before, base_tip) AS first_parent,
  nth = length(steps) AS is_last
SELECT
  repo,
  if(is_last, tip, own_sha(concat('again/', toString(nth)))),
  multiIf(
    is_merged, [first_parent, own_sha(commit_count)],
    nth = 1, [first_parent],
    [own_sha(concat('again/', toString(nth - 1)))]
  ),
  lower(hex(sipHash128({seed:UInt64}, 'person', author))), is_bot,
  instant(if(is_rebased, at + has_wrong_clock * 259200000, ended_ms)), instant(ended_ms),
  multiIf(
    NOT is_pull_request, concat('Push ', toString(number)),
    is_merged, concat('Merge pull request #', toString(number), ' from bellwether-sim/feature/', toString(number)),
    is_rebased, concat('Step ', toString(nth), ' of change ', toString(number)),
    concat('Change ', toString(number), ' (#', toString(number), ')')
  ),
  if(is_pull_request AND NOT is_rebased, number, NULL),
  if(is_merged, concat('feature/', toString(number)), NULL),
  if(reverts > 0 AND is_last, tip_before, NULL),
  if(reverts > 0 AND is_last, reverts, NULL),
  NULL, false, [], toUInt64(ended_ms), 0
FROM (SELECT *, if(method = 'rebase' AND is_pull_request, commit_ms, [ended_ms]) AS steps FROM scale.changes)
ARRAY JOIN steps AS at, arrayEnumerate(steps) AS nth
WHERE fate = 'merged' AND ended_ms <= {until:Int64} AND ended_ms > {since:Int64}
