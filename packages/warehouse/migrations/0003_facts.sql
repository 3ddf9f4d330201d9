-- What packages/derive computes, and metrics read. No PARTITION BY: one insert must become one part, so that no reader sees half.
CREATE TABLE IF NOT EXISTS facts.change_deployments {{on_cluster}}
(
  change_id String,
  repo LowCardinality(String),
  service LowCardinality(String),
  environment LowCardinality(String),
  environment_kind LowCardinality(String),
  team LowCardinality(String),
  is_bot Bool,
  kind LowCardinality(String),
  deployment_id String,
  deployed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  deployed_at_is_exact Bool,
  is_primary Bool,
  is_baseline Bool,
  attribution LowCardinality(String),
  starts_at LowCardinality(String),
  merged_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  is_deployed_before_merge Bool,
  lead_time_seconds Nullable(Int64),
  lead_time_gap LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, service, environment, change_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.changes {{on_cluster}}
(
  change_id String,
  kind LowCardinality(String),
  repo LowCardinality(String),
  number Nullable(UInt32),
  title String,
  merge_sha String,
  commit_shas Array(String),
  team LowCardinality(String),
  is_bot Bool,
  head_branch Nullable(String),
  reverts_change_id Nullable(String),
  first_authored_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  merged_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  starts_at LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, change_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.commit_deployments {{on_cluster}}
(
  repo LowCardinality(String),
  sha String,
  service LowCardinality(String),
  environment LowCardinality(String),
  deployment_id String,
  deployed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, service, environment, sha)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.deployment_outcomes {{on_cluster}}
(
  deployment_id String,
  repo LowCardinality(String),
  service LowCardinality(String),
  environment LowCardinality(String),
  environment_kind LowCardinality(String),
  team LowCardinality(String),
  signal LowCardinality(String),
  ref String,
  sha String,
  finished_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  finished_at_is_exact Bool,
  is_baseline Bool,
  change_count UInt32,
  is_failure Bool,
  evidence LowCardinality(String),
  confidence LowCardinality(String),
  incident_id Nullable(String),
  failed_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  recovered_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  recovered_by Nullable(String),
  is_undone Bool,
  is_rework Bool,
  failure_basis LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, deployment_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.findings {{on_cluster}}
(
  repo LowCardinality(String),
  kind LowCardinality(String),
  entity String,
  detail String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, kind, entity)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
