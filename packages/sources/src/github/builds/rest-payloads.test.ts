import { describe, expect, it } from 'vitest';
import { SuiteJobs, WorkflowRun, WorkflowRuns } from './api-schema.ts';
import { mapJobs, mapRun } from './build-mapper.ts';
import { pruneJobs, pruneRun } from './build-record.ts';

// Payloads with the fields that GitHub's OpenAPI description gives the endpoints, and values of our own: what a schema
// that was only ever held against the simulator would not notice.
const repo = 'github.com/acme/app';
const api = 'https://api.github.com/repos/acme/app';
const sha = '0123456789abcdef0123456789abcdef01234567';

const account = {
  login: 'ada',
  id: 101,
  node_id: 'U_kgDOAAAAZQ',
  avatar_url: 'https://avatars.githubusercontent.com/u/101?v=4',
  gravatar_id: '',
  url: 'https://api.github.com/users/ada',
  html_url: 'https://github.com/ada',
  type: 'User',
  user_view_type: 'public',
  site_admin: false,
};

const repository = {
  id: 202,
  node_id: 'R_kgDOAAAAyg',
  name: 'app',
  full_name: 'acme/app',
  owner: { ...account, login: 'acme', type: 'Organization' },
  private: true,
  html_url: 'https://github.com/acme/app',
  description: null,
  fork: false,
  url: api,
};

const run = {
  id: 9_007_199_254,
  name: 'Release',
  node_id: 'WFR_kwLOAAAAAQ',
  check_suite_id: 31_415,
  check_suite_node_id: 'CS_kwDOAAAAAQ',
  head_branch: 'main',
  head_sha: sha,
  path: '.github/workflows/release.yml@main',
  display_title: 'Ship the thing for customer Example',
  run_number: 562,
  event: 'workflow_dispatch',
  status: 'completed',
  conclusion: 'success',
  workflow_id: 159_038,
  url: `${api}/actions/runs/9007199254`,
  html_url: 'https://github.com/acme/app/actions/runs/9007199254',
  pull_requests: [],
  created_at: '2026-05-04T10:00:00Z',
  updated_at: '2026-05-04T12:09:30Z',
  actor: account,
  run_attempt: 2,
  referenced_workflows: [
    { path: 'acme/shared/.github/workflows/deploy.yml@v1', sha: 'f'.repeat(40), ref: 'refs/tags/v1' },
  ],
  run_started_at: '2026-05-04T12:00:00Z',
  triggering_actor: account,
  jobs_url: `${api}/actions/runs/9007199254/jobs`,
  logs_url: `${api}/actions/runs/9007199254/logs`,
  check_suite_url: `${api}/check-suites/31415`,
  artifacts_url: `${api}/actions/runs/9007199254/artifacts`,
  cancel_url: `${api}/actions/runs/9007199254/cancel`,
  rerun_url: `${api}/actions/runs/9007199254/rerun`,
  previous_attempt_url: `${api}/actions/runs/9007199254/attempts/1`,
  workflow_url: `${api}/actions/workflows/159038`,
  head_commit: {
    id: sha,
    tree_id: 'd'.repeat(40),
    message: 'Ship it',
    timestamp: '2026-05-04T09:59:00Z',
    author: { name: 'Ada Example', email: 'ada@example.org' },
    committer: { name: 'GitHub', email: 'noreply@example.org' },
  },
  repository,
  head_repository: repository,
};

/** Of a workflow and a fork that were deleted since, waiting for approval. */
const waiting = {
  ...run,
  id: 9_007_199_255,
  name: null,
  head_branch: null,
  path: 'BuildFailed',
  event: 'pull_request_target',
  status: 'waiting',
  conclusion: null,
  run_attempt: 1,
  previous_attempt_url: null,
  head_repository: null,
  actor: null,
  run_started_at: '2026-05-04T10:00:00Z',
};

describe('runs of a repository, as REST lists them', () => {
  const page = WorkflowRuns.parse({ total_count: 2, workflow_runs: [run, waiting] });
  const [ended, begun] = page.workflow_runs.map((each) => mapRun(pruneRun(each), repo));

  it('map with all that is asked of them', () => {
    expect(ended).toEqual({
      repo,
      build_id: 'actions:9007199254',
      attempt: 2,
      provider: 'actions',
      pipeline: '.github/workflows/release.yml',
      pipeline_name: 'Release',
      number: 562,
      trigger: 'workflow_dispatch',
      branch: 'main',
      sha,
      status: 'finished',
      conclusion: 'success',
      created_at: Date.UTC(2026, 4, 4, 10),
      started_at: Date.UTC(2026, 4, 4, 12),
      finished_at: Date.UTC(2026, 4, 4, 12, 9, 30),
      url: 'https://github.com/acme/app/actions/runs/9007199254',
    });
  });

  it('map without what GitHub leaves out', () => {
    expect(begun).toMatchObject({
      build_id: 'actions:9007199255',
      attempt: 1,
      pipeline: 'BuildFailed',
      pipeline_name: '',
      branch: '',
      status: 'queued',
      conclusion: '',
      finished_at: null,
    });
  });

  it('keep nobody, and nothing that somebody wrote', () => {
    const kept = JSON.stringify(page.workflow_runs.map(pruneRun));
    expect(kept).not.toMatch(/ada|example|customer|Ship|U_kgDO/i);
  });
});

it('an attempt of a run, as REST gives it, maps like its run, with its own beginning and end', () => {
  const first = {
    ...run,
    run_attempt: 1,
    conclusion: 'failure',
    run_started_at: '2026-05-04T10:00:00Z',
    updated_at: '2026-05-04T10:04:00Z',
    previous_attempt_url: null,
  };
  expect(mapRun(pruneRun(WorkflowRun.parse(first)), repo)).toMatchObject({
    build_id: 'actions:9007199254',
    attempt: 1,
    conclusion: 'failure',
    started_at: Date.UTC(2026, 4, 4, 10),
    finished_at: Date.UTC(2026, 4, 4, 10, 4),
  });
});

it('the jobs of a run map to the attempts that REST says they belong to, by their times', () => {
  // Fields of "list jobs for a workflow run". GraphQL's check runs, which are read in their place, are the same things
  // without the attempt.
  const job = {
    run_id: run.id,
    head_sha: sha,
    name: 'build (ubuntu-24.04)',
    steps: [{ name: 'Set up job', status: 'completed', conclusion: 'success', number: 1 }],
    labels: ['ubuntu-24.04'],
    runner_name: 'GitHub Actions 1',
    workflow_name: 'Release',
    head_branch: 'main',
  };
  const jobs = [
    {
      ...job,
      id: 399_444_496,
      run_attempt: 1,
      status: 'completed',
      conclusion: 'failure',
      created_at: '2026-05-04T10:00:01Z',
      started_at: '2026-05-04T10:00:20Z',
      completed_at: '2026-05-04T10:03:40Z',
    },
    {
      ...job,
      id: 399_444_497,
      run_attempt: 2,
      status: 'in_progress',
      conclusion: null,
      created_at: '2026-05-04T12:00:01Z',
      started_at: '2026-05-04T12:00:20Z',
      completed_at: null,
    },
  ];
  const nodes = jobs.map(({ id, name, status, conclusion, started_at, completed_at }) => ({
    databaseId: id,
    name,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    startedAt: started_at,
    completedAt: completed_at,
  }));
  const checkRuns = { totalCount: 2, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  const answer = SuiteJobs.parse({ nodes: [{ id: run.check_suite_node_id, checkRuns }] });
  const attempts = [
    { attempt: 1, startedAt: Date.UTC(2026, 4, 4, 10) },
    { attempt: 2, startedAt: Date.UTC(2026, 4, 4, 12) },
  ];
  const found = answer.nodes[0]!.checkRuns!.nodes!.map((each) => each!);
  const rows = mapJobs(pruneJobs(run.id, attempts, found), repo);
  expect(rows.map(({ attempt }) => attempt)).toEqual(jobs.map(({ run_attempt }) => run_attempt));
  expect(rows.map(({ job_id, status, conclusion }) => [job_id, status, conclusion])).toEqual([
    ['399444496', 'finished', 'failure'],
    ['399444497', 'running', ''],
  ]);
});
