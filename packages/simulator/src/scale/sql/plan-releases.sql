-- Which landings each service releases. Everything that one release sets off happens before the next one begins.
CREATE TABLE scale.releases ENGINE = MergeTree ORDER BY (repo_index, service_index, position) AS
SELECT
  s.repo_index AS repo_index, s.service_index AS service_index, s.service AS service,
  s.environments AS environments, s.has_staging AS has_staging,
  l.position AS position, l.number AS number, l.tip AS tip, l.merged_ms AS merged_ms,
  lagInFrame(l.tip, 1, '') OVER in_order AS tip_before,
  leadInFrame(l.merged_ms, 1, 4102444800000) OVER in_order - l.merged_ms AS room_ms
FROM scale.landings AS l
INNER JOIN scale.services AS s ON s.repo_index = l.repo_index AND s.slot = l.slot
WHERE cityHash64({seed:UInt64}, l.repo_index, l.number, 'release') % 1000 < s.releases_per_mille
WINDOW in_order AS (PARTITION BY s.service_index ORDER BY l.position ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
