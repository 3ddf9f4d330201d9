-- What must come out whoever computes it, from the plan alone: history is a straight line of positions, so that "which
-- deployment first carried it" is a comparison of two numbers and needs no walk through a graph.
WITH
  (SELECT groupArray(repo_index) FROM scale.repositories WHERE slots = 1) AS plain,
  carriers AS (
    -- Deployments to the first production environment of services that are a repository of their own.
    SELECT a.repo_index AS repo_index, a.position AS position, a.ended_ms AS ended_ms
    FROM scale.attempts AS a
    INNER JOIN scale.releases AS r ON r.service_index = a.service_index AND r.position = a.position AND r.repo_index = a.repo_index
    WHERE a.status = 'success' AND a.label = r.environments[1] AND a.ended_ms <= {until:Int64}
      AND has(plain, a.repo_index) AND cityHash64({seed:UInt64}, a.repo_index, a.position, 'no sha') % 200 != 0
  ),
  firsts AS (SELECT repo_index, min(position) AS baseline FROM carriers GROUP BY repo_index),
  delivered AS (
    SELECT c.repo_index, c.number, c.ended_ms AS merged_ms, d.ended_ms AS deployed_ms
    FROM (SELECT * FROM scale.changes WHERE lands AND is_pull_request AND ended_ms <= {until:Int64}) AS c
    ASOF INNER JOIN carriers AS d ON d.repo_index = c.repo_index AND d.position >= c.position
    INNER JOIN firsts AS f ON f.repo_index = c.repo_index
    WHERE c.position > f.baseline
  )
SELECT
  (SELECT count() FROM scale.changes WHERE is_pull_request AND created_ms <= {until:Int64}) AS pull_requests,
  (SELECT countIf(is_bot) FROM scale.changes WHERE is_pull_request AND created_ms <= {until:Int64}) AS bot_pull_requests,
  (SELECT count() FROM scale.changes WHERE is_pull_request AND fate = 'merged' AND ended_ms <= {until:Int64}) AS merged_pull_requests,
  (SELECT count() FROM scale.attempts WHERE environment_kind = 'production' AND status = 'success' AND ended_ms <= {until:Int64}) AS production_deployments,
  (SELECT count() FROM scale.attempts WHERE status = 'failure' AND ended_ms <= {until:Int64}) AS failed_attempts,
  (SELECT count() FROM delivered) AS delivered_pull_requests,
  (SELECT sum(deployed_ms - merged_ms) / 1000 FROM delivered) AS seconds_from_merge_to_deployment,
  (SELECT groupArray(repo) FROM scale.repositories WHERE slots = 1) AS plain_repositories
