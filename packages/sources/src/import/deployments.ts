import { deployments } from '@bellwether/warehouse';
import { z } from 'zod';
import { address, identifier, instant, name, sha, word, yesOrNo } from './fields.ts';
import { defineImport, rowsFor } from './import-kind.ts';
import { dateProblems, repoOfLine } from './line-checks.ts';

const ended = ['success', 'failure', 'cancelled'];

/** One line of a file of deployments. */
export const DeploymentLine = z.strictObject({
  id: identifier.describe('Its own id, unique within the repository. Imported again, it replaces itself.'),
  repo: name()
    .optional()
    .describe(
      '`<host>/<owner>/<name>`, or its end where that is clear. May be left out with `--repo`, or where the catalogue knows the service.',
    ),
  service: name()
    .optional()
    .describe('What was deployed, as the catalogue calls it; without it the repository itself.'),
  environment: name(100)
    .default('production')
    .describe('Where to. Its kind comes from `deployments.environments` of the configuration.'),
  status: word('success', 'failure', 'in_progress', 'cancelled', 'unknown')
    .default('success')
    .describe('How it ended. Only successful deployments are counted.'),
  sha: sha
    .optional()
    .describe(
      'The commit that was deployed, all digits. Without it there is no lead time of what it carried.',
    ),
  ref: name(250).optional().describe('The tag, branch or version.'),
  planned: yesOrNo
    .default(true)
    .describe('False for what an incident made necessary; true where it is left out.'),
  started_at: instant.optional().describe('When it began.'),
  finished_at: instant.optional().describe('When it ended. Needed once it ended.'),
  url: address.optional().describe('Where to look at it.'),
});
export type DeploymentLine = z.infer<typeof DeploymentLine>;

export const deploymentImport = defineImport<DeploymentLine>({
  name: 'deployments',
  summary: 'Deployments that another system made: one line for each',
  line: DeploymentLine,
  example: {
    id: 'deploy-4711',
    repo: 'github.com/acme/shop',
    service: 'checkout',
    environment: 'production',
    status: 'success',
    sha: '8f14e45fceea167a5a36dedd4bea2543fcd2fd11',
    ref: 'v1.8.0',
    started_at: '2026-01-31T14:05:00Z',
    finished_at: '2026-01-31T14:09:30Z',
    url: 'https://deploy.example.com/4711',
  },
  map(line, context) {
    const repo = repoOfLine(line, context);
    const problems = dateProblems(
      [
        ['started_at', line.started_at],
        ['finished_at', line.finished_at],
      ],
      context.now,
    );
    if (ended.includes(line.status) && line.finished_at === undefined) {
      problems.push({ field: 'finished_at', problem: `is missing, and status is ${line.status}` });
    }
    if (typeof repo !== 'string') return { problems: [repo, ...problems] };
    if (problems.length > 0) return { problems };
    const row = {
      deployment_id: `${repo}@imported:${line.id}`,
      repo,
      service: context.places.serviceOf(repo, line.service),
      environment: line.environment,
      environment_kind: context.places.environmentKindOf(line.environment),
      signal: 'imported' as const,
      is_counted: true,
      sha: line.sha ?? null,
      ref: line.ref ?? '',
      status: line.status,
      is_planned: line.planned,
      started_at: line.started_at ?? null,
      finished_at: line.finished_at ?? null,
      finished_at_is_exact: line.finished_at !== undefined,
      url: line.url ?? '',
    };
    return { repo, rows: [rowsFor(deployments, [row])] };
  },
  tables: [
    {
      table: deployments,
      ids: ['deployment_id'],
      readImported: (stored, repo) =>
        stored.readRows(deployments, ['repo', 'deployment_id'], {
          sql: "repo = {repo:String} AND signal = 'imported'",
          params: { repo },
        }),
    },
  ],
});
