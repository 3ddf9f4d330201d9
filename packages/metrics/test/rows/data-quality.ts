import type { CollectorRunRow, FindingRow, TruncationRow } from '@bellwether/warehouse';

/** A run of the GitHub source over a repository that went well within a second. */
export function collectorRun(
  row: Partial<CollectorRunRow> & Pick<CollectorRunRow, 'run_id' | 'target' | 'started_at'>,
): CollectorRunRow {
  return {
    source: 'github',
    finished_at: row.status === 'running' ? null : row.started_at + 1000,
    status: 'ok',
    row_count: 1,
    error_code: '',
    ...row,
  };
}

/** A pull request of which GitHub did not list every file. */
export function truncation(
  row: Partial<TruncationRow> & Pick<TruncationRow, 'repo' | 'entity'>,
): TruncationRow {
  return { source: 'github', stream: 'pull-requests', reason: 'cut-list', detail: '', ...row };
}

/** A commit that is dated in the future. */
export function findingRow(row: Partial<FindingRow> & Pick<FindingRow, 'repo' | 'entity'>): FindingRow {
  return { service: '', kind: 'unrealistic-commit-date', detail: '', fix: 'Mend the clock.', ...row };
}
