-- The history of each default branch: what lands after what.
CREATE TABLE scale.landings ENGINE = MergeTree ORDER BY (repo_index, merged_ms) AS
SELECT
  repo_index, number, slot, is_pull_request, ended_ms AS merged_ms,
  lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/tip')))) AS tip,
  row_number() OVER in_order AS position,
  lagInFrame(tip, 1, lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/root'))))) OVER in_order AS tip_before,
  lagInFrame(number, 1, 0) OVER in_order AS number_before,
  lagInFrame(is_pull_request, 1, false) OVER in_order AS was_pull_request_before
FROM scale.drafts
WHERE lands
WINDOW in_order AS (PARTITION BY repo_index ORDER BY ended_ms, number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
