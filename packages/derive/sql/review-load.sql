-- How many reviews each person gave, by calendar period: for every team, group and the whole organisation one sorted
-- list of counts. Reviews of pull requests by bots are left out, as bots' own are everywhere.
WITH
  periods AS
  (
    SELECT
      reviewer_key,
      team,
      team_group,
      arrayJoin([
        ('week', toDateTime64(toStartOfWeek(submitted_at, 1, {zone:String}), 3, {zone:String})),
        ('month', toDateTime64(toStartOfMonth(submitted_at, {zone:String}), 3, {zone:String})),
        ('quarter', toDateTime64(toStartOfQuarter(submitted_at, {zone:String}), 3, {zone:String}))]) AS period,
      reviews
    FROM
    (
      -- By local day first: periods are made of days, and there are far fewer of them than reviews.
      SELECT
        reviewer_key,
        team,
        team_group,
        toStartOfDay(submitted_at, {zone:String}) AS submitted_at,
        count() AS reviews
      FROM facts.reviews FINAL
      WHERE NOT is_bot AND reviewer_key != ''
      GROUP BY reviewer_key, team, team_group, submitted_at
    )
  ),
  counted AS
  (
    SELECT
      place.1 AS level,
      place.2 AS name,
      -- A team that moved between groups within the period has one list all the same, and each person once in it.
      max(place.3) AS team_group,
      period,
      reviewer_key,
      sum(reviews) AS reviews
    FROM
    (
      SELECT
        arrayJoin([
          ('organisation', '', ''),
          ('team_group', team_group, team_group),
          ('team', team, team_group)]) AS place,
        period,
        reviewer_key,
        reviews
      FROM periods
    )
    WHERE place.1 = 'organisation' OR place.2 NOT IN ('', {withheld:String})
    GROUP BY level, name, period, reviewer_key
  )
SELECT
  level,
  name,
  max(team_group) AS team_group,
  period.1 AS grain,
  toUnixTimestamp64Milli(period.2) AS period_start,
  groupArray((reviewer_key, reviews)) AS reviewers
FROM counted
GROUP BY level, name, period
