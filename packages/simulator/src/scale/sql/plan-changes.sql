-- Drafts with their place in history: what they branched off, what stood before them when they landed.
CREATE TABLE scale.changes ENGINE = MergeTree ORDER BY (repo_index, number) AS
SELECT
  * EXCEPT (wants_to_revert, number_before, was_pull_request_before, found_tip),
  lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/', toString(number), '/tip')))) AS tip,
  if(wants_to_revert AND position > 1 AND was_pull_request_before, number_before, 0) AS reverts,
  if(found_tip = '', lower(hex(SHA1(concat(toString({seed:UInt64}), '/', toString(repo_index), '/root')))), found_tip) AS base_tip
FROM scale.drafts
LEFT JOIN (
  SELECT repo_index, number, position, tip_before, number_before, was_pull_request_before FROM scale.landings
) AS landed USING (repo_index, number)
ASOF LEFT JOIN (
  SELECT repo_index, merged_ms AS first_commit_ms, tip AS found_tip FROM scale.landings
) AS base USING (repo_index, first_commit_ms)
