-- Entities as the sources know them. Replacing tables: read with FINAL, one row per key, tombstones hide lower versions.
-- fsync: an acknowledged row survives a power cut too, or a cursor could survive rows that it has passed.
CREATE TABLE IF NOT EXISTS domain.commits {{on_cluster}}
(
  repo LowCardinality(String),
  sha String,
  parents Array(String),
  author_key String,
  author_is_bot Bool,
  authored_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  committed_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  subject String,
  number Nullable(UInt32),
  head_branch Nullable(String),
  reverts_sha Nullable(String),
  reverts_number Nullable(UInt32),
  cherry_picked_from Nullable(String),
  has_paths Bool,
  paths Array(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, sha)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.deployments {{on_cluster}}
(
  deployment_id String,
  repo LowCardinality(String),
  service LowCardinality(String),
  environment LowCardinality(String),
  environment_kind LowCardinality(String),
  signal LowCardinality(String),
  is_counted Bool,
  sha Nullable(String),
  ref String,
  status LowCardinality(String),
  is_planned Bool,
  started_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  finished_at_is_exact Bool,
  url String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, deployment_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.people {{on_cluster}}
(
  person_key String,
  is_bot Bool,
  time_zone LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (person_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.repositories {{on_cluster}}
(
  repo String,
  default_branch String,
  head_sha Nullable(String),
  is_shallow Bool,
  has_paths Bool,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.services {{on_cluster}}
(
  service String,
  repo String,
  path_globs Array(String),
  release_names Array(String),
  owner_team LowCardinality(String),
  tier LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, service)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
