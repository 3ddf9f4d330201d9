INSERT INTO domain.reviews (
  repo, number, review_id, author_key, author_is_bot, state, submitted_at, commit_sha, comment_count, has_body, _version, _deleted
)
WITH
  (salt -> bitShiftRight(cityHash64({seed:UInt64}, repo_index, number, nth, salt), 11) / 9007199254740992.) AS u,
  arrayCount(ms -> ms <= at, commit_ms) AS commits_before,
  reviewer >= {engineers:UInt32} AS by_bot
SELECT
  repo, number, concat('PRR_', toString(repo_index), '_', toString(number), '_', toString(nth)),
  lower(hex(sipHash128({seed:UInt64}, 'person', reviewer))), by_bot,
  multiIf(by_bot, 'commented', nth = review_count AND fate != 'closed', 'approved', u('state') < 0.25, 'changes_requested', 'commented'),
  fromUnixTimestamp64Milli(at, 'UTC'),
  if(commits_before = 0, NULL, lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/', toString(commits_before)))))),
  toUInt32(if(u('silent') < 0.4, 0, 1 + floor(4 * u('comments') * u('comments~')))), u('body') < 0.3, toUInt64(at), 0
FROM scale.changes
ARRAY JOIN review_ms AS at, reviewers AS reviewer, arrayEnumerate(review_ms) AS nth
WHERE at <= {until:Int64} AND at > {since:Int64}
