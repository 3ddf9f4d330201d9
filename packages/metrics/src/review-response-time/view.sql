-- review_response_time: one row per review by a person who is not the author; value: seconds that this person was
-- waited for. The team is the reviewer's, because it is theirs to answer; the services are the pull request's.
SELECT
  submitted_at AS at,
  repo,
  service,
  services,
  team,
  team_group,
  '' AS environment,
  is_bot,
  response_seconds AS value,
  response_business_seconds AS business_value,
  response_gap AS gap,
  basis,
  change_id,
  state
FROM facts.reviews FINAL
