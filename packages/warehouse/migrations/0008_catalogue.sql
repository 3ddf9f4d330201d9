-- What the metric catalogue needs: facts beside DORA's, labels that privacy decides, and places for the bot and the linter.
CREATE TABLE IF NOT EXISTS domain.team_settings {{on_cluster}}
(
  team String,
  valid_from DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  valid_to Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  team_group String,
  time_zone LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (team, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.bot_findings {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  finding_id String,
  rule LowCardinality(String),
  severity LowCardinality(String),
  path String,
  found_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  resolved_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  resolution LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, number, finding_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.lint_reports {{on_cluster}}
(
  repo LowCardinality(String),
  report_id String,
  collected_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  is_adopted Bool,
  config_version LowCardinality(String),
  presets Array(String),
  error_count UInt32,
  warning_count UInt32,
  suppressed_count UInt32,
  disabled_rules Array(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, report_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Time first: a build's creation never changes, and half a year of a company is a twentieth of ten years.
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
ORDER BY (created_at, repo, build_id, attempt)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.deployment_attempts {{on_cluster}}
(
  repo LowCardinality(String),
  deployment_id String,
  service LowCardinality(String),
  is_service_withheld Bool,
  team LowCardinality(String),
  team_group LowCardinality(String),
  environment LowCardinality(String),
  environment_kind LowCardinality(String),
  signal LowCardinality(String),
  ref String,
  attempted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  result LowCardinality(String),
  has_revision Bool,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, deployment_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.incidents {{on_cluster}}
(
  repo LowCardinality(String),
  incident_id String,
  home_repo LowCardinality(String),
  is_primary Bool,
  service LowCardinality(String),
  is_service_withheld Bool,
  team LowCardinality(String),
  team_group LowCardinality(String),
  environment LowCardinality(String),
  severity LowCardinality(String),
  opened_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  acknowledged_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  resolved_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  acknowledge_seconds Nullable(Int64),
  acknowledge_business_seconds Nullable(Int64),
  acknowledge_gap LowCardinality(String),
  resolve_seconds Nullable(Int64),
  resolve_business_seconds Nullable(Int64),
  resolve_gap LowCardinality(String),
  is_change_caused Nullable(Bool),
  cause_gap LowCardinality(String),
  evidence LowCardinality(String),
  deployment_id String,
  is_out_of_hours Bool,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, incident_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.path_knowledge {{on_cluster}}
(
  repo LowCardinality(String),
  path String,
  quarter_start DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  service LowCardinality(String),
  is_service_withheld Bool,
  team LowCardinality(String),
  team_group LowCardinality(String),
  change_count UInt32,
  contributor_count UInt32,
  bus_factor UInt32,
  top_share Float64,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, path, quarter_start)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

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
  created_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  first_commit_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  ready_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  first_review_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  approved_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  merged_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  ended_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  deployed_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
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
  reverted_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  is_self_merged Nullable(Bool),
  is_silently_approved Nullable(Bool),
  is_cross_team_reviewed Nullable(Bool),
  review_gap LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, number)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.repositories {{on_cluster}}
(
  repo String,
  service LowCardinality(String),
  services Array(LowCardinality(String)),
  team LowCardinality(String),
  team_group LowCardinality(String),
  is_archived Bool,
  is_fork Bool,
  observed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  has_code_owners Nullable(Bool),
  code_owners_gap LowCardinality(String),
  is_protected Nullable(Bool),
  protection_gap LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS facts.review_load {{on_cluster}}
(
  level LowCardinality(String),
  name String,
  grain LowCardinality(String),
  period_start DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  time_zone LowCardinality(String),
  team LowCardinality(String),
  team_group LowCardinality(String),
  review_count UInt32,
  reviewer_count UInt32,
  member_count UInt32,
  gini Nullable(Float64),
  busiest_tenth_share Nullable(Float64),
  gap LowCardinality(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (level, name, grain, period_start)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- By year of the submission, which never changes: half a year of a company lies in one or two of its partitions, and a
-- day's reviews disturb the merged part of their own year only.
CREATE TABLE IF NOT EXISTS facts.reviews {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  review_id String,
  change_id String,
  reviewer_key String,
  team LowCardinality(String),
  team_group LowCardinality(String),
  service LowCardinality(String),
  services Array(LowCardinality(String)),
  is_bot Bool,
  submitted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  waiting_since Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  basis LowCardinality(String),
  response_seconds Nullable(Int64),
  response_business_seconds Nullable(Int64),
  response_gap LowCardinality(String),
  state LowCardinality(String),
  comment_count UInt32,
  is_cross_team Nullable(Bool),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
PARTITION BY toYear(submitted_at)
ORDER BY (repo, submitted_at, number, review_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE facts.changes {{on_cluster}}
  ADD COLUMN IF NOT EXISTS services Array(LowCardinality(String)) AFTER commit_shas,
  ADD COLUMN IF NOT EXISTS team_group LowCardinality(String) AFTER team,
  ADD COLUMN IF NOT EXISTS deployed_at Nullable(DateTime64(3, 'UTC')) AFTER starts_at,
  ADD COLUMN IF NOT EXISTS deployment_id String AFTER deployed_at,
  ADD COLUMN IF NOT EXISTS service LowCardinality(String) AFTER deployment_id,
  ADD COLUMN IF NOT EXISTS environment LowCardinality(String) AFTER service,
  ADD COLUMN IF NOT EXISTS awaiting_gap LowCardinality(String) AFTER environment;

ALTER TABLE facts.change_deployments {{on_cluster}}
  ADD COLUMN IF NOT EXISTS is_service_withheld Bool AFTER service,
  ADD COLUMN IF NOT EXISTS team_group LowCardinality(String) AFTER team,
  ADD COLUMN IF NOT EXISTS is_service_primary Bool AFTER is_primary,
  ADD COLUMN IF NOT EXISTS is_environment_primary Bool AFTER is_service_primary;

ALTER TABLE facts.deployment_outcomes {{on_cluster}}
  ADD COLUMN IF NOT EXISTS is_service_withheld Bool AFTER service,
  ADD COLUMN IF NOT EXISTS team_group LowCardinality(String) AFTER team;

ALTER TABLE facts.findings {{on_cluster}}
  ADD COLUMN IF NOT EXISTS service LowCardinality(String) AFTER repo,
  ADD COLUMN IF NOT EXISTS fix String AFTER detail;
