-- What pull requests consist of: a chain of commits that begins at what the default branch was then.
INSERT INTO domain.commits (
  repo, sha, parents, author_key, author_is_bot, authored_at, committed_at, subject, number, head_branch, reverts_sha,
  reverts_number, cherry_picked_from, has_paths, paths, _version, _deleted
)
WITH
  (ms -> fromUnixTimestamp64Milli(toInt64(ms), 'UTC')) AS instant,
  (i -> lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/', toString(i)))))) AS own_sha
SELECT
  repo, own_sha(nth), [if(nth = 1, base_tip, own_sha(nth - 1))],
  lower(hex(sipHash128({seed:UInt64}, 'person', author))), is_bot,
  instant(at + has_wrong_clock * 259200000), instant(at + has_wrong_clock * 259200000),
  concat('Step ', toString(nth), ' of change ', toString(number)), NULL, NULL, NULL, NULL, NULL, false, [], toUInt64(at), 0
FROM scale.changes
ARRAY JOIN commit_ms AS at, arrayEnumerate(commit_ms) AS nth
WHERE is_pull_request AND at <= {until:Int64} AND at > {since:Int64}
