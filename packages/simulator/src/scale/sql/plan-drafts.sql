-- Every change of every repository, as it will be in the end: who, when, how it goes. Instants in ms since 1970.
-- Randomness is a hash of seed, repository and number, so that any row can be made again on its own.
-- Read from the inside out: each level adds the next instant of a change, which the level above builds on.
CREATE TABLE scale.drafts ENGINE = MergeTree ORDER BY (repo_index, number) AS
WITH
  4102444800000 AS never,
  (salt -> bitShiftRight(cityHash64({seed:UInt64}, repo_index, number, salt), 11) / 9007199254740992.) AS u,
  (salt -> sqrt(-2 * log(u(salt) + 1e-16)) * cos(2 * pi() * u(concat(salt, '~')))) AS z,
  -- Log-normal, at most a hundred days.
  ((hours, spread, salt) -> toInt64(least(2400, hours * exp(spread * z(salt))) * 3600000)) AS wait,
  -- Nights and week-ends in the team's place are pushed to the next working day. The arrays of one element give a
  -- value a name: written out where it is used, the expression would grow beyond what the engine parses.
  (ms -> arrayMap(x -> x + multiIf(
    modulo(x + offset_ms, 86400000) < 25200000, 28800000, modulo(x + offset_ms, 86400000) > 68400000, 46800000, 0
  ), [ms])[1]) AS awake,
  (ms -> arrayMap(x -> x + 86400000 * multiIf(
    modulo(intDiv(x + offset_ms, 86400000) + 3, 7) = 5, 2, modulo(intDiv(x + offset_ms, 86400000) + 3, 7) = 6, 1, 0
  ), [ms])[1]) AS workday,
  ((ms, salt) -> arrayMap(x -> if(u(salt) < 0.08, x, workday(awake(x))), [ms])[1]) AS working
SELECT
  * EXCEPT (picked_reviewers, members, planned, begins_ms, ends_ms),
  fate = 'merged' AND NOT is_beside_main AS lands,
  arrayMap(
    i -> multiIf(i = 0, reviewed_ms, i + 1 = review_count, approved_ms, reviewed_ms + toInt64((approved_ms - reviewed_ms)
      * (i + (cityHash64({seed:UInt64}, repo_index, number, 'review', i) % 1000) / 1000) / review_count)),
    range(review_count)
  ) AS review_ms,
  arrayMap(who -> if(who = author, (who + 1) % {engineers:UInt32}, who), picked_reviewers) AS reviewers,
  arrayMap(
    i -> first_commit_ms + toInt64((approved_ms - first_commit_ms) * i / commit_count),
    range(commit_count)
  ) AS commit_ms,
  lands AND is_pull_request AND NOT is_bot AND u('revert') < 0.012 AS wants_to_revert,
  is_pull_request AND NOT is_bot AND u('hotfix') < 0.005 AS is_hotfix
FROM (
  SELECT
    *,
    -- Two merges of one repository hardly ever share an instant.
    number % 1000 + multiIf(
      NOT is_pull_request, created_ms,
      fate = 'open', never,
      fate = 'closed', greatest(approved_ms, working(ready_ms + wait(72, 1.2, 'giving up'), 'odd end')),
      is_bot, greatest(approved_ms, created_ms) + 60000 + wait(8, 1.4, 'bot merge'),
      working(approved_ms + 5000 + wait(1, 1.6, 'merge'), 'odd merge')
    ) AS ended_ms,
    -- Two people do most of the reviewing of one change; some bots talk, too.
    arrayMap(
      i -> toUInt32(multiIf(
        i > 0 AND cityHash64({seed:UInt64}, repo_index, number, 'bot review', i) % 100 < 15,
        {engineers:UInt32} + cityHash64({seed:UInt64}, repo_index, number, i) % {bots:UInt32},
        cityHash64({seed:UInt64}, repo_index, number, 'near', i % 2) % 100 < 75,
        arrayElement(members, 1 + cityHash64({seed:UInt64}, repo_index, number, 'who', i % 2) % length(members)),
        cityHash64({seed:UInt64}, repo_index, number, 'whoever', i % 2) % {engineers:UInt32}
      )),
      range(review_count)
    ) AS picked_reviewers
  FROM (
    SELECT
      *,
      multiIf(review_count = 0, ready_ms, review_count = 1, reviewed_ms,
        working(reviewed_ms + 10000 + wait(6, 1.5, 'review'), 'odd approval')) AS approved_ms
    FROM (
      SELECT
        *,
        working(ready_ms + 30000 + wait(4, 1.4, 'pickup'), 'odd review') AS reviewed_ms
      FROM (
        SELECT
          *,
          if(began_as_draft, working(created_ms + wait(8, 1.2, 'drafting'), 'odd ready'), created_ms) AS ready_ms,
          multiIf(NOT is_pull_request, created_ms, is_bot, created_ms - 60000,
            created_ms - 60000 - wait(5, 1.3, 'coding')) AS first_commit_ms,
          toUInt32(multiIf(
            is_bot, {engineers:UInt32} + cityHash64({seed:UInt64}, repo_index, number, 'which bot') % {bots:UInt32},
            u('home') < 0.85, arrayElement(members, 1 + toUInt32(floor(u('member') * length(members)))),
            floor(u('guest') * {engineers:UInt32})
          )) AS author,
          toUInt16(if(is_bot OR NOT is_pull_request, 1,
            greatest(1, least(120, round(6.3 * exp(0.95 * z('commits'))))))) AS commit_count,
          toUInt8(multiIf(
            NOT is_pull_request, 0,
            is_bot, u('bot reviewed') < 0.5,
            u('reviewed') < 0.08, 0,
            1 + least(40, round(3.6 * exp(0.55 * z('reviews'))))
          )) AS review_count
        FROM (
          SELECT
            repo_index, repo, method, offset_ms, slots, pipelines, has_queue, members, planned, begins_ms, ends_ms,
            toUInt32(nth) AS number,
            u('push') >= {push_share:Float64} AS is_pull_request,
            is_pull_request AND u('bot') < 0.16 AS is_bot,
            is_pull_request AND NOT is_bot AND u('base') < 0.02 AS is_beside_main,
            is_pull_request AND NOT is_bot AND u('draft') < 0.12 AS began_as_draft,
            toUInt8(floor(u('slot') * slots)) AS slot,
            toUInt8(if(slots > 1 AND u('wide') < 0.1, (slot + 1) % slots, slot)) AS other_slot,
            -- The clock of one in a thousand authors is three days ahead.
            u('wrong clock') < 0.001 AS has_wrong_clock,
            multiIf(NOT is_pull_request, 'merged', u('fate') < 0.9, 'merged', u('fate') < 0.994, 'closed', 'open') AS fate,
            -- A little growth: more changes each year.
            working(begins_ms + toInt64((ends_ms - begins_ms) * pow((number - u('jitter')) / planned, 0.85)), 'odd hours') AS created_ms
          FROM (SELECT *, arrayJoin(range(1, planned + 1)) AS nth FROM scale.repositories)
        )
      )
    )
  )
)
