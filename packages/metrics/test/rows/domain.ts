import type { CommitRow, DeploymentRow, IncidentRow, PullRequestRow } from '@bellwether/warehouse';

const repo = 'host/owner/shop';

/** A merged pull request by a person. */
export function pullRequest(
  row: Partial<PullRequestRow> & Pick<PullRequestRow, 'number' | 'created_at'>,
): PullRequestRow {
  return {
    repo,
    node_id: '',
    title: '',
    state: 'merged',
    is_draft: false,
    author_key: 'someone',
    author_is_bot: false,
    base_branch: 'main',
    head_branch: 'work',
    head_sha: '',
    is_from_fork: false,
    ready_at: row.created_at,
    merged_at: null,
    closed_at: null,
    updated_at: row.created_at,
    merge_commit_sha: null,
    merged_by_key: '',
    is_in_merge_queue: false,
    additions: 0,
    deletions: 0,
    changed_file_count: 0,
    commit_count: 0,
    review_count: 0,
    event_count: 0,
    comment_count: 0,
    commit_shas: [],
    commit_authored_at: [],
    commit_author_keys: [],
    file_paths: [],
    file_additions: [],
    file_deletions: [],
    labels: [],
    reverts_number: null,
    ...row,
  };
}

export function incident(
  row: Partial<IncidentRow> & Pick<IncidentRow, 'incident_id' | 'opened_at'>,
): IncidentRow {
  return {
    repo,
    service: '',
    environment: '',
    severity: '',
    title: '',
    acknowledged_at: null,
    resolved_at: null,
    caused_by: null,
    labels: [],
    url: '',
    ...row,
  };
}

/** A successful deployment of the service `shop` to production. */
export function deployment(
  row: Partial<DeploymentRow> & Pick<DeploymentRow, 'deployment_id'>,
): DeploymentRow {
  return {
    repo,
    service: 'shop',
    environment: 'production',
    environment_kind: 'production',
    signal: 'deployment',
    is_counted: true,
    sha: null,
    ref: row.deployment_id,
    status: 'success',
    is_planned: true,
    started_at: null,
    finished_at: null,
    finished_at_is_exact: true,
    url: '',
    ...row,
  };
}

export function commit(row: Partial<CommitRow> & Pick<CommitRow, 'sha' | 'committed_at'>): CommitRow {
  return {
    repo,
    parents: [],
    author_key: 'someone',
    author_is_bot: false,
    authored_at: row.committed_at,
    subject: '',
    number: null,
    head_branch: null,
    reverts_sha: null,
    reverts_number: null,
    cherry_picked_from: null,
    has_paths: false,
    paths: [],
    ...row,
  };
}
