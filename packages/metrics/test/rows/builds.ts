import type { BuildFactRow, BuildJobFactRow } from '@bellwether/warehouse';
import { at } from '../rows.ts';

/** A first attempt on the default branch that waited 10 s, ran for 5 minutes and succeeded. */
export function build(row: Partial<BuildFactRow> & Pick<BuildFactRow, 'build_id'>): BuildFactRow {
  const created_at = row.created_at ?? at('2024-03-05');
  return {
    created_at,
    repo: 'host/owner/shop',
    attempt: 1,
    service: 'shop',
    team: '',
    team_group: '',
    provider: 'actions',
    pipeline: 'ci.yml',
    trigger: 'push',
    is_default_branch: true,
    sha: 'a'.repeat(40),
    result: 'success',
    finished_at: created_at + 310_000,
    queue_seconds: 10,
    run_seconds: 300,
    time_gap: '',
    is_retry: (row.attempt ?? 1) > 1,
    is_flaky: false,
    lost_seconds: 0,
    is_red_start: false,
    green_at: null,
    cost: null,
    ...row,
  };
}

/** A build that still runs. */
export function runningBuild(row: Partial<BuildFactRow> & Pick<BuildFactRow, 'build_id'>): BuildFactRow {
  return build({ result: '', finished_at: null, run_seconds: null, time_gap: 'unfinished', ...row });
}

/** A job that ran for a minute and succeeded. */
export function buildJob(row: Partial<BuildJobFactRow> & Pick<BuildJobFactRow, 'job_id'>): BuildJobFactRow {
  const started_at = row.started_at === undefined ? at('2024-03-05') : row.started_at;
  return {
    repo: 'host/owner/shop',
    build_id: 'actions:1',
    name: 'test',
    status: 'finished',
    conclusion: 'success',
    began_at: started_at ?? row.finished_at ?? at('2024-03-05'),
    started_at,
    finished_at: started_at === null ? null : started_at + 60_000,
    ...row,
  };
}
