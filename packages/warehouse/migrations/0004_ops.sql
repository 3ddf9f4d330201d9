-- How collecting and deriving stand.
CREATE TABLE IF NOT EXISTS ops.collector_runs {{on_cluster}}
(
  run_id String,
  source LowCardinality(String),
  target String,
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  status LowCardinality(String),
  row_count UInt64,
  error_code String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (run_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS ops.cursors {{on_cluster}}
(
  source String,
  stream String,
  key String,
  cursor String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (source, stream, key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS ops.derivations {{on_cluster}}
(
  repo String,
  side LowCardinality(String),
  mark String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, side)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS ops.truncations {{on_cluster}}
(
  repo String,
  source LowCardinality(String),
  stream LowCardinality(String),
  entity String,
  reason LowCardinality(String),
  detail String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, source, stream, entity)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
