import type { CommitDeploymentRow, CommitRow } from '../tables/index.ts';

/** A commit that says nothing remarkable. */
export function commitRow(row: Partial<CommitRow> & { sha: string }): CommitRow {
  return {
    repo: 'local/example',
    parents: [],
    author_key: '',
    author_is_bot: false,
    authored_at: null,
    committed_at: null,
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

export function commitDeploymentRow(
  row: Partial<CommitDeploymentRow> & { sha: string },
): CommitDeploymentRow {
  return {
    repo: 'local/example',
    service: 'api',
    environment: 'production',
    deployment_id: 'local/example/v1.0.0',
    deployed_at: 1_700_000_000_000,
    ...row,
  };
}
