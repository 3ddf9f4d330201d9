import { buildJobs, builds } from '@bellwether/warehouse';
import { z } from 'zod';
import { address, count, identifier, instant, name, sha, word } from './fields.ts';
import { defineImport, type FieldProblem, type MapContext, rowsFor } from './import-kind.ts';
import { dateProblems, repoOfLine } from './line-checks.ts';

const status = word('queued', 'running', 'finished');
const conclusion = word(
  'success',
  'failure',
  'cancelled',
  'skipped',
  'timed_out',
  'neutral',
  'action_required',
);

const JobLine = z.strictObject({
  id: identifier,
  name: name(300),
  status: status.default('finished'),
  conclusion: conclusion.optional(),
  started_at: instant.optional(),
  finished_at: instant.optional(),
});
type JobLine = z.infer<typeof JobLine>;

/** One line of a file of builds. */
export const BuildLine = z.strictObject({
  id: identifier.describe(
    'Its own id, unique within the repository; the same for every attempt. Imported again, an attempt replaces itself.',
  ),
  repo: name()
    .optional()
    .describe('`<host>/<owner>/<name>`, or its end where that is clear. May be left out with `--repo`.'),
  attempt: count
    .default(1)
    .describe('1 for the first run (or where it is left out), 2 for its first repetition.'),
  provider: name(50).default('imported').describe('Which system built it: buildkite, jenkins, …'),
  pipeline: name(300).describe(
    'What was built, the same over all builds of it: a path, or the id of the job.',
  ),
  pipeline_name: name(300).optional().describe('How people call it; the same as `pipeline` without it.'),
  number: count.default(0).describe('The number that people see.'),
  trigger: name(50).optional().describe('What made it run: push, pull_request, schedule, …'),
  branch: name(250).optional().describe('The branch it ran for.'),
  sha: sha.describe('The commit it ran for, all digits.'),
  status: status.default('finished').describe('How far it is.'),
  conclusion: conclusion.optional().describe('How it ended. Needed once it is finished.'),
  created_at: instant.describe('When it was asked for. Never changes for one attempt.'),
  started_at: instant.optional().describe('When it began to run.'),
  finished_at: instant.optional().describe('When it ended. Needed once it is finished.'),
  url: address.optional().describe('Where to look at it.'),
  jobs: z
    .union([z.array(JobLine).max(2_000), z.string().transform(jsonList).pipe(z.array(JobLine).max(2_000))])
    .optional()
    .describe(
      'Its jobs: a list of objects with `id` (unique within the build) and `name`, and if known `status`, `conclusion`, `started_at`, `finished_at`; in CSV that list as JSON in one cell.',
    ),
});
export type BuildLine = z.infer<typeof BuildLine>;

export const buildImport = defineImport<BuildLine>({
  name: 'builds',
  summary: 'Builds of another CI system, with their jobs: one line for each attempt',
  line: BuildLine,
  example: {
    id: 'main-1042',
    repo: 'github.com/acme/shop',
    provider: 'buildkite',
    pipeline: 'shop-ci',
    trigger: 'push',
    branch: 'main',
    sha: '8f14e45fceea167a5a36dedd4bea2543fcd2fd11',
    conclusion: 'failure',
    created_at: '2026-01-31T13:40:00Z',
    started_at: '2026-01-31T13:41:12Z',
    finished_at: '2026-01-31T13:52:40Z',
    jobs: [
      {
        id: 'lint',
        name: 'lint',
        conclusion: 'success',
        started_at: '2026-01-31T13:41:12Z',
        finished_at: '2026-01-31T13:42:00Z',
      },
      {
        id: 'test',
        name: 'test',
        conclusion: 'failure',
        started_at: '2026-01-31T13:41:12Z',
        finished_at: '2026-01-31T13:52:40Z',
      },
    ],
  },
  map(line, context) {
    const repo = repoOfLine(line, context);
    const problems = problemsOf(line, context);
    if (typeof repo !== 'string') return { problems: [repo, ...problems] };
    if (problems.length > 0) return { problems };
    const build = {
      repo,
      build_id: line.id,
      attempt: line.attempt,
      provider: line.provider,
      pipeline: line.pipeline,
      pipeline_name: line.pipeline_name ?? line.pipeline,
      number: line.number,
      trigger: line.trigger ?? '',
      branch: line.branch ?? '',
      sha: line.sha,
      status: line.status,
      conclusion: line.conclusion ?? ('' as const),
      created_at: line.created_at,
      started_at: line.started_at ?? null,
      finished_at: line.finished_at ?? null,
      url: line.url ?? '',
    };
    const jobs = (line.jobs ?? []).map((job) => ({
      repo,
      build_id: line.id,
      // A job of another attempt is another job.
      job_id: `${job.id}@${String(line.attempt)}`,
      attempt: line.attempt,
      name: job.name,
      status: job.status,
      conclusion: job.conclusion ?? ('' as const),
      created_at: null,
      started_at: job.started_at ?? null,
      finished_at: job.finished_at ?? null,
    }));
    return { repo, rows: [rowsFor(builds, [build]), rowsFor(buildJobs, jobs)] };
  },
  tables: [
    {
      table: builds,
      ids: ['build_id', 'attempt'],
      readImported: (stored, repo) =>
        stored.readRows(builds, ['repo', 'build_id', 'attempt'], importedBuilds(repo)),
    },
    {
      table: buildJobs,
      ids: ['build_id', 'job_id'],
      readImported: (stored, repo) =>
        stored.readRows(buildJobs, ['repo', 'build_id', 'job_id'], importedBuilds(repo)),
    },
  ],
});

function importedBuilds(repo: string): { sql: string; params: Record<string, string> } {
  return { sql: "repo = {repo:String} AND NOT startsWith(build_id, 'actions:')", params: { repo } };
}

function problemsOf(line: BuildLine, { now }: MapContext): FieldProblem[] {
  const problems = [
    ...dateProblems(
      [
        ['created_at', line.created_at],
        ['started_at', line.started_at],
        ['finished_at', line.finished_at],
      ],
      now,
    ),
    ...endProblems('', line),
    ...(line.jobs ?? []).flatMap((job, at) => jobProblems(`jobs.${String(at)}.`, job, now)),
  ];
  const names = (line.jobs ?? []).map(({ id }) => id);
  if (new Set(names).size < names.length) problems.push({ field: 'jobs', problem: 'names an id twice' });
  if (line.id.startsWith('actions:')) {
    problems.push({ field: 'id', problem: 'begins with actions:, as those do that `collect` reads' });
  }
  return problems;
}

function jobProblems(place: string, job: JobLine, now: number): FieldProblem[] {
  return [
    ...dateProblems(
      [
        [`${place}started_at`, job.started_at],
        [`${place}finished_at`, job.finished_at],
      ],
      now,
    ),
    // A job that never ran has no end; a build has one.
    ...endProblems(place, job).filter(({ field }) => !field.endsWith('finished_at')),
  ];
}

/** What has ended says how and when; what has not says neither. */
function endProblems(
  place: string,
  line: Pick<BuildLine, 'status' | 'conclusion' | 'finished_at'>,
): FieldProblem[] {
  const hasEnded = line.status === 'finished';
  return (['conclusion', 'finished_at'] as const).flatMap((field) => {
    if ((line[field] !== undefined) === hasEnded) return [];
    const problem = hasEnded
      ? 'is missing, and it is finished'
      : `stands there, and status is ${line.status}`;
    return [{ field: `${place}${field}`, problem }];
  });
}

function jsonList(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
}
