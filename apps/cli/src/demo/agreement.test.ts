import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@bellwether/core';
import {
  generateWorld,
  noLimits,
  type Repository,
  startGitHub,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runInProcess } from '../testing/test-terminal.ts';
import { compareFigures, comparisonText } from './compare-figures.ts';
import { demoConfig } from './demo-config.ts';
import { reportedFacts } from './reported-facts.ts';
import { doraFigures, trueFacts } from './true-figures.ts';

const now = Date.UTC(2026, 6, 1, 12);
const token = 'ghp_agreement';

// More trouble than usual, so that every kind of it is in so small a world.
const world = generateWorld({
  seed: 22,
  repositories: 8,
  years: 0.25,
  now,
  parameters: {
    repositories: { monorepoShare: 0.4, archivedShare: 0, forkShare: 0, emptyShare: 0, youngShare: 0 },
    deployments: { severalProductionsShare: 0.5 },
    failures: { share: 0.25, hotfixFromBranchShare: 0.5 },
  },
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-agreement-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('is of a world with everything that the figures could fall over', () => {
  const repositories = [...world.repositories.values()];
  const { truth } = world;
  const signalOf = ({ name }: Repository) => truth.signals.get(name);
  expect(new Set(repositories.map(signalOf))).toEqual(new Set(['deployment', 'workflow', 'release', 'tag']));
  const monorepos = repositories.filter(({ services }) => services.length > 1);
  expect(new Set(monorepos.map(signalOf))).toEqual(new Set(['deployment', 'workflow', 'tag']));
  expect(truth.deployments.some(({ environment }) => environment.endsWith('-eu'))).toBe(true);
  const causes = truth.deployments.flatMap(({ failure }) => failure?.cause ?? []);
  expect(new Set(causes)).toEqual(new Set(['incident', 'rollback', 'revert', 'hotfix']));
  expect(repositories.some(hasHotfixRun)).toBe(true);
  const naming = repositories.filter(({ issues }) =>
    [...issues.values()].some(({ body }) => body.startsWith('Deployment: ')),
  );
  expect(new Set(naming.map(signalOf)).size).toBe(4);
  expect(repositories.some(hasLongRebase)).toBe(true);
});

it(
  'agrees with what the generator did, deployment by deployment and change by change',
  { timeout: 120_000 },
  async () => {
    await writeRepositories(world, join(folder, 'git'));
    await using github = await startServer(world);
    await writeFile(join(folder, 'bellwether.yaml'), demoConfig(world, github.url));
    const run = async (...args: string[]): Promise<string> => {
      const outcome = await runInProcess(args, { cwd: folder, env: { GITHUB_TOKEN: token }, now });
      expect(outcome.code, outcome.talk.join('\n')).toBe(0);
      return outcome.stdout;
    };
    await run('collect', '--source', 'github');
    const query = async (sql: string): Promise<Record<string, unknown>[]> => {
      const rows = await run('query', sql, '--format', 'JSONEachRow');
      return rows
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const reported = await reportedFacts(query, `127.0.0.1/${world.organisation.login}`);
    expect(reported.deployments.length).toBeGreaterThan(200);
    expect(reported.deliveries.length).toBeGreaterThan(200);
    const comparisons = compareFigures(doraFigures(reported), doraFigures(trueFacts(world.truth)));
    expect(
      comparisons.filter(({ isEqual }) => !isEqual),
      comparisonText(comparisons, 5),
    ).toEqual([]);
  },
);

async function startServer(of: World) {
  const github = await startGitHub({
    world: of,
    seed: 1,
    clock: fixedClock(now),
    gitFolder: join(folder, 'git'),
    limits: noLimits,
    tokens: [{ kind: 'classic', value: token, login: 'reader', scopes: ['repo', 'read:org'] }],
  });
  return { url: github.url, [Symbol.asyncDispose]: () => github.close() };
}

function hasHotfixRun({ workflowRuns }: Repository): boolean {
  return [...workflowRuns.values()].some(
    ({ headBranch, event }) => headBranch.startsWith('hotfix/') && event === 'workflow_dispatch',
  );
}

/** A pull request of more commits than GitHub lists, of which a rebase put each on the default branch. */
function hasLongRebase({ pullRequests, commits }: Repository): boolean {
  return [...pullRequests.values()].some(({ commitShas, mergeCommitSha, mergedAt }) => {
    const written = [...commits.values()].filter(({ committedAt }) => committedAt === mergedAt);
    return mergeCommitSha !== null && commitShas.length > 250 && written.length >= commitShas.length;
  });
}
