-- review_load_balance: one row per team, group or the whole organisation, and calendar period; value: the Gini
-- coefficient of the reviews that each of its people gave. Derivation computes it, because a view that could would have
-- to know who is who. Only groups that are large enough to be shown have rows.
SELECT
  period_start AS at,
  '' AS repo,
  '' AS service,
  team,
  team_group,
  '' AS environment,
  gini AS value,
  gap,
  'members' AS basis,
  level,
  grain,
  period_start,
  time_zone,
  member_count AS holders,
  -- Of fewer than twenty a tenth is one person, or two.
  if(member_count < 20, NULL, busiest_tenth_share) AS busiest_tenth_share,
  review_count,
  member_count
FROM facts.review_load FINAL
