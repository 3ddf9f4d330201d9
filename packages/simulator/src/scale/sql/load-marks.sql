-- Repositories of which something new was seen: derivation finds them stale.
INSERT INTO ops.derivations (repo, side, mark, _version, _deleted)
SELECT repo, 'domain', toString({until:Int64}), toUInt64({until:Int64}), 0
FROM (
  SELECT repo FROM domain.pull_requests WHERE _version BETWEEN {since:Int64} + 1 AND {until:Int64}
  UNION DISTINCT SELECT repo FROM domain.commits WHERE _version BETWEEN {since:Int64} + 1 AND {until:Int64}
  UNION DISTINCT SELECT repo FROM domain.reviews WHERE _version BETWEEN {since:Int64} + 1 AND {until:Int64}
  UNION DISTINCT SELECT repo FROM domain.builds WHERE _version BETWEEN {since:Int64} + 1 AND {until:Int64}
  UNION DISTINCT SELECT repo FROM domain.deployments WHERE _version BETWEEN {since:Int64} + 1 AND {until:Int64}
  UNION DISTINCT SELECT repo FROM domain.incidents WHERE _version BETWEEN {since:Int64} + 1 AND {until:Int64}
)
