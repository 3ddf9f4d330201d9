import type { BuildRow, RepositoryRow } from '@bellwether/warehouse';
import fc from 'fast-check';
import { start } from './snapshot.ts';

const MINUTE = 60_000;

/** A build among few others, so that revisions, pipelines and attempts meet. */
export const anyBuild = fc.record({
  build_id: fc.constantFrom('b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8'),
  attempt: fc.constantFrom(1, 1, 2),
  pipeline: fc.constantFrom('ci', 'ci', 'lint'),
  sha: fc.constantFrom('s1', 's2', 's3', ''),
  branch: fc.constantFrom('main', 'main', 'topic'),
  /** '' is still running. */
  conclusion: fc.constantFrom('', 'success', 'success', 'failure', 'failure', 'timed_out', 'cancelled'),
  minute: fc.integer({ min: 0, max: 600 }),
  /** How long, in minutes; below 0 its clock runs backwards. */
  runs: fc.integer({ min: -1, max: 60 }),
});
export type AnyBuild = typeof anyBuild extends fc.Arbitrary<infer Each> ? Each : never;

/** When it was created follows from the build: that never changes. */
export function buildRow(repo: string, { minute, runs, conclusion, ...build }: AnyBuild): BuildRow {
  const created_at = start + Number(build.build_id.replace(/\D/g, '')) * 10 * MINUTE;
  const started_at = created_at + minute * MINUTE;
  return {
    ...build,
    repo,
    provider: 'actions',
    pipeline_name: build.pipeline,
    number: 1,
    trigger: 'push',
    conclusion,
    status: conclusion === '' ? 'running' : 'finished',
    created_at,
    started_at,
    finished_at: conclusion === '' ? null : started_at + runs * MINUTE,
    url: '',
  };
}

export function repositoryRow(repo: string): RepositoryRow {
  return {
    repo,
    default_branch: 'main',
    head_sha: null,
    is_shallow: false,
    has_paths: false,
    repo_id: '',
    visibility: '',
    is_fork: false,
    is_archived: false,
    is_gone: false,
    created_at: null,
    pushed_at: null,
    primary_language: '',
  };
}
