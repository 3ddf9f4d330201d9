-- Facts laid out by the questions that are asked of them. What is dropped here is derived anew by the next run of
-- derivation (its edition was raised): on a cluster no single statement could carry the rows of every shard over.

-- By quarter of the creation, which never changes: whole parts are left out, and the rows of a day make derivation merge
-- one quarter. A year would write four million rows again each day, a month would make ten years 120 parts per insert.
DROP TABLE IF EXISTS facts.builds {{on_cluster}} SYNC;

CREATE TABLE IF NOT EXISTS facts.builds {{on_cluster}}
(
  created_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  repo LowCardinality(String),
  build_id String CODEC(ZSTD(1)),
  attempt UInt32,
  service LowCardinality(String),
  team LowCardinality(String),
  team_group LowCardinality(String),
  provider LowCardinality(String),
  pipeline LowCardinality(String),
  trigger LowCardinality(String),
  is_default_branch Bool,
  sha String CODEC(ZSTD(1)),
  result LowCardinality(String),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  queue_seconds Nullable(Int64),
  run_seconds Nullable(Int64),
  time_gap LowCardinality(String),
  is_retry Bool,
  is_flaky Bool,
  lost_seconds Nullable(Int64),
  is_red_start Bool,
  green_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  cost Nullable(Float64),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
PARTITION BY toStartOfQuarter(created_at)
ORDER BY (created_at, repo, build_id, attempt)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The jobs of builds by time. That can change, from when a job was made to when it began: derivation then takes the row
-- away and writes another.
CREATE TABLE IF NOT EXISTS facts.build_jobs {{on_cluster}}
(
  began_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  repo LowCardinality(String),
  build_id String CODEC(ZSTD(1)),
  job_id String CODEC(ZSTD(1)),
  name LowCardinality(String),
  status LowCardinality(String),
  conclusion LowCardinality(String),
  started_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
PARTITION BY toStartOfQuarter(began_at)
ORDER BY (began_at, repo, build_id, job_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- By year of the creation, which never changes. The year begins the key too: with FINAL an index brings back whatever
-- shares keys with what it has found, and without the year that would be the past of every repository found.
-- The ranges are of the times that views ask for, in the words of the views; a nullable column itself would not do,
-- because its nulls count as later than everything. Instants are packed fast rather than small: every question reads one.
DROP TABLE IF EXISTS facts.pull_requests {{on_cluster}} SYNC;

CREATE TABLE IF NOT EXISTS facts.pull_requests {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  change_id String,
  state LowCardinality(String),
  is_to_default_branch Bool,
  is_bot Bool,
  team LowCardinality(String),
  team_group LowCardinality(String),
  service LowCardinality(String),
  services Array(LowCardinality(String)),
  is_draft Bool,
  created_at DateTime64(3, 'UTC') CODEC(LZ4),
  first_commit_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  ready_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  first_review_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  approved_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  merged_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  ended_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  deployed_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  deployment_id String,
  is_deployed_before_merge Bool,
  starts_at LowCardinality(String),
  coding_seconds Nullable(Int64),
  coding_business_seconds Nullable(Int64),
  pickup_seconds Nullable(Int64),
  pickup_business_seconds Nullable(Int64),
  review_seconds Nullable(Int64),
  review_business_seconds Nullable(Int64),
  merge_wait_seconds Nullable(Int64),
  merge_wait_business_seconds Nullable(Int64),
  deploy_seconds Nullable(Int64),
  deploy_business_seconds Nullable(Int64),
  cycle_seconds Nullable(Int64),
  cycle_business_seconds Nullable(Int64),
  cycle_gap LowCardinality(String),
  first_review_seconds Nullable(Int64),
  first_review_business_seconds Nullable(Int64),
  first_review_gap LowCardinality(String),
  draft_seconds Int64,
  queue_seconds Nullable(Int64),
  queue_gap LowCardinality(String),
  review_rounds UInt32,
  review_count UInt32,
  reviewer_count UInt32,
  approval_count UInt32,
  review_comment_count UInt32,
  additions UInt32,
  deletions UInt32,
  effective_lines Nullable(UInt32),
  size_gap LowCardinality(String),
  is_revert Bool,
  reverted_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  is_self_merged Nullable(Bool),
  is_silently_approved Nullable(Bool),
  is_cross_team_reviewed Nullable(Bool),
  review_gap LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8,
  INDEX ready_at_range assumeNotNull(ready_at) TYPE minmax GRANULARITY 1,
  INDEX merged_at_range assumeNotNull(merged_at) TYPE minmax GRANULARITY 1,
  INDEX ended_at_range assumeNotNull(ended_at) TYPE minmax GRANULARITY 1,
  INDEX deployed_at_range assumeNotNull(deployed_at) TYPE minmax GRANULARITY 1
)
ENGINE = {{replacing}}
PARTITION BY toYear(created_at)
ORDER BY (toYear(created_at), repo, number, created_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Packed fast, too, from the next merge on.
ALTER TABLE facts.changes {{on_cluster}}
  MODIFY COLUMN merged_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4),
  MODIFY COLUMN deployed_at Nullable(DateTime64(3, 'UTC')) CODEC(LZ4);

ALTER TABLE facts.change_deployments {{on_cluster}}
  MODIFY COLUMN deployed_at DateTime64(3, 'UTC') CODEC(LZ4);

ALTER TABLE facts.reviews {{on_cluster}}
  MODIFY COLUMN submitted_at DateTime64(3, 'UTC') CODEC(LZ4);
