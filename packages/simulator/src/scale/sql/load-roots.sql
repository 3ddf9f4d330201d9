-- The first commit of every repository.
INSERT INTO domain.commits (
  repo, sha, parents, author_key, author_is_bot, authored_at, committed_at, subject, has_paths, paths, _version, _deleted
)
SELECT
  repo, lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/root')))), [],
  lower(hex(sipHash128({seed:UInt64}, 'person', toUInt32(members[1])))), false,
  fromUnixTimestamp64Milli(toInt64(begins_ms - 86400000), 'UTC'), fromUnixTimestamp64Milli(toInt64(begins_ms - 86400000), 'UTC'),
  'Begin', false, [], toUInt64(begins_ms), 0
FROM scale.repositories
WHERE begins_ms <= {until:Int64} AND begins_ms > {since:Int64}
