-- What sources were answered, pruned; kept so that it can be mapped again without asking again.
CREATE DATABASE IF NOT EXISTS raw {{on_cluster}};

CREATE TABLE IF NOT EXISTS raw.records {{on_cluster}}
(
  source LowCardinality(String),
  repo LowCardinality(String),
  stream LowCardinality(String),
  key String,
  fetched_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  payload String CODEC(ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (source, repo, stream, key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

