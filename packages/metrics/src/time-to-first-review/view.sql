-- time_to_first_review: one row per pull request to the default branch that was ever ready for review, in any state.
-- value: seconds from then to the first review by another person, time back in draft taken out; null with its reason.
-- What nobody has reviewed yet is a row without a value: the reviewed ones alone are the quick ones.
-- waits_since: where nobody has reviewed it, when the wait began, put off by the time back in draft; of what is in draft
-- again, or was when it ended, it is not known.
SELECT
  assumeNotNull(ready_at) AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  first_review_seconds AS value,
  first_review_business_seconds AS business_value,
  first_review_gap AS gap,
  'pull_request' AS basis,
  change_id,
  if(is_draft, NULL, ready_at + toIntervalSecond(draft_seconds)) AS waits_since,
  ended_at
FROM facts.pull_requests FINAL
WHERE is_to_default_branch AND ready_at IS NOT NULL
