import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { parseConfig } from '@bellwether/core';
import type { BuildRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { SuiteJobs, WorkflowRun } from './api-schema.ts';
import { mapJobs, mapRun } from './build-mapper.ts';
import { pruneJobs, pruneRun } from './build-record.ts';
import { mapWorkflowDeployments } from './workflow-deployments.ts';

const repo = 'github.com/acme/app';
const at = (time: string): number => Date.parse(`2026-02-01T${time}Z`);

/** As REST gives it, with what must not be kept. */
const payload = {
  id: 900,
  check_suite_node_id: 'CS_1',
  name: 'CI',
  path: '.github/workflows/ci.yml@main',
  run_number: 7,
  run_attempt: 2,
  event: 'push',
  head_branch: 'main',
  head_sha: 'a'.repeat(40),
  status: 'completed',
  conclusion: 'startup_failure',
  created_at: '2026-02-01T10:00:00Z',
  run_started_at: '2026-02-01T11:00:00Z',
  updated_at: '2026-02-01T11:05:00Z',
  html_url: 'https://github.com/acme/app/actions/runs/900',
  display_title: 'Secret title',
  actor: { login: 'octocat' },
  head_commit: { message: 'Secret title', author: { name: 'Octo', email: 'octo@example.org' } },
};

it('maps a run', () => {
  expect(mapRun(pruneRun(WorkflowRun.parse(payload)), repo)).toEqual({
    repo,
    build_id: 'actions:900',
    attempt: 2,
    provider: 'actions',
    pipeline: '.github/workflows/ci.yml',
    pipeline_name: 'CI',
    number: 7,
    trigger: 'push',
    branch: 'main',
    sha: 'a'.repeat(40),
    status: 'finished',
    conclusion: 'failure',
    created_at: at('10:00:00'),
    started_at: at('11:00:00'),
    finished_at: at('11:05:00'),
    url: 'https://github.com/acme/app/actions/runs/900',
  });
});

it('keeps nobody of a run', () => {
  expect(JSON.stringify(pruneRun(WorkflowRun.parse(payload)))).not.toMatch(/octo|example|Secret/i);
});

it.each([
  ['waiting', null, 'queued', ''],
  ['in_progress', null, 'running', ''],
  ['completed', 'timed_out', 'finished', 'timed_out'],
  ['completed', 'stale', 'finished', 'neutral'],
  ['completed', null, 'finished', 'neutral'],
])('takes %s and %s for %s', (status, conclusion, expected, end) => {
  const row = mapRun(pruneRun(WorkflowRun.parse({ ...payload, status, conclusion })), repo);
  expect(row).toMatchObject({ status: expected, conclusion: end });
  expect(row.finished_at === null).toBe(expected !== 'finished');
});

it('tells the attempts of jobs apart by when they began', () => {
  const job = (databaseId: number, startedAt: string | null, completedAt: string | null) => ({
    databaseId,
    name: `job ${databaseId}`,
    status: completedAt === null ? 'QUEUED' : 'COMPLETED',
    conclusion: completedAt === null ? null : 'SUCCESS',
    startedAt: startedAt && `2026-02-01T${startedAt}Z`,
    completedAt: completedAt && `2026-02-01T${completedAt}Z`,
  });
  const nodes = [
    job(1, '10:00:05', '10:01:00'),
    job(2, '11:00:05', '11:01:00'),
    job(3, null, null),
    job(4, null, '10:02:00'),
  ];
  const checkRuns = { totalCount: 4, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  const answer = SuiteJobs.parse({ nodes: [{ id: 'CS_1', checkRuns }, {}, null] });
  const jobs = answer.nodes[0]!.checkRuns!.nodes!.map((each) => each!);
  const attempts = [
    { attempt: 1, startedAt: at('10:00:00') },
    { attempt: 2, startedAt: at('11:00:00') },
  ];
  const rows = mapJobs(pruneJobs(900, attempts, jobs), repo);
  expect(rows.map(({ job_id, attempt, status }) => [job_id, attempt, status])).toEqual([
    ['1', 1, 'finished'],
    ['2', 2, 'finished'],
    // It waits for the newest attempt.
    ['3', 2, 'queued'],
    // It never began, and ended in the first.
    ['4', 1, 'finished'],
  ]);
});

describe('runs that deploy', () => {
  const build = (changes: Partial<BuildRow>): BuildRow => ({
    ...mapRun(pruneRun(WorkflowRun.parse({ ...payload, conclusion: 'success', run_attempt: 1 })), repo),
    ...changes,
  });
  const deploying = (workflows: string, ...builds: BuildRow[]) =>
    mapWorkflowDeployments(builds, {
      repo,
      config: parseConfig(`deployments: { workflows: ${workflows} }`, 'bellwether.yaml'),
      defaultBranch: 'main',
    });

  it('deploy once, with the first attempt that succeeded', () => {
    const rows = deploying(
      '[ci]',
      build({ attempt: 3, finished_at: 30 }),
      build({ attempt: 1, conclusion: 'failure', finished_at: 10 }),
      build({ attempt: 2, finished_at: 20 }),
    );
    expect(rows).toMatchObject([
      {
        deployment_id: `${repo}@run:900`,
        signal: 'workflow_run',
        service: 'app',
        environment: 'production',
        finished_at: 20,
      },
    ]);
  });

  it('deploy the service that the name of the workflow says, and a hotfix from its branch', () => {
    const hotfix = build({
      branch: 'hotfix/card',
      trigger: 'workflow_dispatch',
      pipeline_name: 'Deploy api',
    });
    expect(deploying("['Deploy {service}']", hotfix)).toMatchObject([{ service: 'api', ref: 'hotfix/card' }]);
  });

  it('are chosen by name or path, on the default branch, and for no pull request', () => {
    expect(deploying("['.github/workflows/ci.yml']", build({}))).toHaveLength(1);
    expect(deploying('[other]', build({}))).toEqual([]);
    expect(deploying('[]', build({}))).toEqual([]);
    expect(deploying('[ci]', build({ branch: 'work' }))).toEqual([]);
    // The branch of a fork can be called main too.
    expect(deploying('[ci]', build({ trigger: 'pull_request' }))).toEqual([]);
    expect(deploying('[ci]', build({ conclusion: 'cancelled' }))).toEqual([]);
  });
});

describe('payloads of webhooks', () => {
  const of = (name: string): Record<string, never>[] =>
    (examples as unknown as { name: string; examples: Record<string, never>[] }[]).find(
      (each) => each.name === name,
    )!.examples;

  it('map as runs', () => {
    for (const { workflow_run: run } of of('workflow_run') as unknown as {
      workflow_run: Record<string, unknown>;
    }[]) {
      const row = mapRun(pruneRun(WorkflowRun.parse(run)), repo);
      expect(row).toMatchObject({ build_id: `actions:${String(run['id'])}`, sha: run['head_sha'] });
      expect(row.status === 'finished').toBe(run['status'] === 'completed');
    }
  });

  it('map as jobs', () => {
    const found = of('workflow_job') as unknown as { workflow_job: Record<string, string | null> }[];
    const nodes = found.map(({ workflow_job: job }) => ({
      databaseId: Number(job['id']),
      name: job['name'],
      status: job['status']!.toUpperCase(),
      conclusion: job['conclusion']?.toUpperCase() ?? null,
      startedAt: job['started_at'],
      completedAt: job['completed_at'],
    }));
    const checkRuns = { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
    const answer = SuiteJobs.parse({ nodes: [{ id: 'CS_1', checkRuns }] });
    const jobs = answer.nodes[0]!.checkRuns!.nodes!.map((each) => each!);
    const rows = mapJobs(pruneJobs(1, [{ attempt: 1, startedAt: null }], jobs), repo);
    expect(rows.map(({ job_id }) => job_id)).toEqual(
      found.map(({ workflow_job }) => String(workflow_job['id'])),
    );
    expect(rows.every(({ attempt }) => attempt === 1)).toBe(true);
  });
});
