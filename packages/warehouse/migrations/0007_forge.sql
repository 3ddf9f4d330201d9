-- What a forge knows beside commits. One row per thing; what a force-push replaces at once stands in arrays of its parent.
CREATE TABLE IF NOT EXISTS domain.branch_rules {{on_cluster}}
(
  repo LowCardinality(String),
  rule_id String,
  origin LowCardinality(String),
  name String,
  includes Array(String),
  excludes Array(String),
  enforcement LowCardinality(String),
  required_approvals UInt32,
  requires_pull_request Bool,
  requires_code_owner_review Bool,
  requires_status_checks Bool,
  requires_linear_history Bool,
  allows_force_pushes Bool,
  is_admin_enforced Nullable(Bool),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, rule_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.build_jobs {{on_cluster}}
(
  repo LowCardinality(String),
  build_id String,
  job_id String,
  attempt Nullable(UInt32),
  name LowCardinality(String),
  status LowCardinality(String),
  conclusion LowCardinality(String),
  created_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  started_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, build_id, job_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.builds {{on_cluster}}
(
  repo LowCardinality(String),
  build_id String,
  attempt UInt32,
  provider LowCardinality(String),
  pipeline LowCardinality(String),
  pipeline_name LowCardinality(String),
  number UInt32,
  trigger LowCardinality(String),
  branch String,
  sha String,
  status LowCardinality(String),
  conclusion LowCardinality(String),
  created_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  started_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  finished_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  url String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, build_id, attempt)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.code_owners {{on_cluster}}
(
  repo LowCardinality(String),
  line UInt32,
  pattern String,
  owners Array(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, line)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.incidents {{on_cluster}}
(
  repo LowCardinality(String),
  incident_id String,
  service String,
  environment LowCardinality(String),
  severity LowCardinality(String),
  title String,
  opened_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  acknowledged_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  resolved_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  caused_by Nullable(String),
  labels Array(String),
  url String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, incident_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.overrides {{on_cluster}}
(
  repo LowCardinality(String),
  kind LowCardinality(String),
  entity String,
  ruling String,
  reason String,
  ruled_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  by_key String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, kind, entity)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.pull_request_events {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  event_id String,
  kind LowCardinality(String),
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  actor_key String,
  actor_is_bot Bool,
  subject String,
  before_sha Nullable(String),
  after_sha Nullable(String),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, number, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.pull_requests {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  node_id String,
  title String,
  state LowCardinality(String),
  is_draft Bool,
  author_key String,
  author_is_bot Bool,
  base_branch String,
  head_branch String,
  head_sha String,
  is_from_fork Bool,
  created_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ready_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  merged_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  closed_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  updated_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  merge_commit_sha Nullable(String),
  merged_by_key String,
  is_in_merge_queue Bool,
  additions UInt32,
  deletions UInt32,
  changed_file_count UInt32,
  commit_count UInt32,
  review_count UInt32,
  event_count UInt32,
  comment_count UInt32,
  commit_shas Array(String),
  commit_authored_at Array(Nullable(DateTime64(3, 'UTC'))),
  commit_author_keys Array(String),
  file_paths Array(String),
  file_additions Array(UInt32),
  file_deletions Array(UInt32),
  labels Array(String),
  reverts_number Nullable(UInt32),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, number)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.repository_aliases {{on_cluster}}
(
  repo_id String,
  repo String,
  is_current Bool,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo_id, repo)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.review_requests {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  reviewer String,
  is_team Bool,
  first_requested_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  last_requested_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  removed_at Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  is_open Bool,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, number, reviewer)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.reviews {{on_cluster}}
(
  repo LowCardinality(String),
  number UInt32,
  review_id String,
  author_key String,
  author_is_bot Bool,
  state LowCardinality(String),
  submitted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  commit_sha Nullable(String),
  comment_count UInt32,
  has_body Bool,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (repo, number, review_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.team_members {{on_cluster}}
(
  team String,
  person_key String,
  valid_from DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  valid_to Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (team, person_key, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS domain.teams {{on_cluster}}
(
  team String,
  team_id String,
  name String,
  parent_team String,
  valid_to Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (team)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE domain.repositories {{on_cluster}}
  ADD COLUMN IF NOT EXISTS repo_id String AFTER has_paths,
  ADD COLUMN IF NOT EXISTS visibility LowCardinality(String) AFTER repo_id,
  ADD COLUMN IF NOT EXISTS is_fork Bool AFTER visibility,
  ADD COLUMN IF NOT EXISTS is_archived Bool AFTER is_fork,
  ADD COLUMN IF NOT EXISTS is_gone Bool AFTER is_archived,
  ADD COLUMN IF NOT EXISTS created_at Nullable(DateTime64(3, 'UTC')) AFTER is_gone,
  ADD COLUMN IF NOT EXISTS pushed_at Nullable(DateTime64(3, 'UTC')) AFTER created_at,
  ADD COLUMN IF NOT EXISTS primary_language LowCardinality(String) AFTER pushed_at;
