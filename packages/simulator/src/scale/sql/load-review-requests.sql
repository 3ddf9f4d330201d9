INSERT INTO domain.review_requests (
  repo, number, reviewer, is_team, first_requested_at, last_requested_at, removed_at, is_open, _version, _deleted
)
WITH fromUnixTimestamp64Milli(ready_ms + 20000, 'UTC') AS requested_at
SELECT
  repo, number, lower(hex(sipHash128({seed:UInt64}, 'person', reviewer))), false, requested_at, requested_at, NULL,
  reviewed_ms > {until:Int64} AND ended_ms > {until:Int64},
  toUInt64(multiIf(ended_ms <= {until:Int64}, ended_ms, reviewed_ms <= {until:Int64}, reviewed_ms, ready_ms)), 0
FROM scale.changes
ARRAY JOIN arrayDistinct(arrayFilter(who -> who < {engineers:UInt32}, arraySlice(reviewers, 1, 2))) AS reviewer
WHERE review_count > 0 AND cityHash64({seed:UInt64}, repo_index, number, 'request') % 100 < 80
  AND ready_ms + 20000 <= {until:Int64}
  AND arrayExists(ms -> ms <= {until:Int64} AND ms > {since:Int64}, [ready_ms + 20000, reviewed_ms, ended_ms])
