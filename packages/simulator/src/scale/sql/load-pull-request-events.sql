INSERT INTO domain.pull_request_events (
  repo, number, event_id, kind, at, actor_key, actor_is_bot, subject, before_sha, after_sha, _version, _deleted
)
WITH
  (person -> lower(hex(sipHash128({seed:UInt64}, 'person', toUInt32(person))))) AS key,
  (salt -> cityHash64({seed:UInt64}, repo_index, number, salt) % 1000) AS mille,
  fate = 'merged' AND has_queue AND ended_ms - approved_ms > 1200000 AS was_queued
SELECT
  repo, number, concat('E_', toString(repo_index), '_', toString(number), '_', event.1, event.4),
  event.1, fromUnixTimestamp64Milli(event.2, 'UTC'), key(event.3), is_bot, event.4,
  NULL, NULL, toUInt64(event.2), 0
FROM scale.changes
ARRAY JOIN arrayConcat(
  if(began_as_draft, [('ready', ready_ms, author, '')], []),
  if(review_count > 0 AND mille('request') % 100 < 80, arrayMap(who -> ('review_requested', ready_ms + 20000, author, key(who)),
    arrayDistinct(arrayFilter(who -> who < {engineers:UInt32}, arraySlice(reviewers, 1, 2)))), []),
  -- Back to the drawing board after the first review, and ready again before the approval.
  if(review_count > 2 AND mille('back') < 10, [
    ('draft', reviewed_ms + intDiv(approved_ms - reviewed_ms, 4), author, ''),
    ('ready', reviewed_ms + intDiv(approved_ms - reviewed_ms, 2), author, 'again')
  ], []),
  if(NOT is_bot AND commit_count > 3 AND mille('force') < 100, [('force_pushed', commit_ms[commit_count] + 1000, author, '')], []),
  if(is_hotfix, [('labeled', created_ms + 1000, author, 'hotfix')], []),
  if(was_queued, [
    ('queued', ended_ms - 600000 - (mille('queue') * 600), author, ''),
    ('dequeued', ended_ms - 500, author, 'merged')
  ], []),
  if(fate = 'merged', [('merged', ended_ms, author, '')], []),
  if(fate != 'open', [('closed', ended_ms, author, '')], [])
) AS event
WHERE is_pull_request AND event.2 <= {until:Int64} AND event.2 > {since:Int64}
