import { generateWorld, type World } from '@bellwether/simulator';
import type { Warehouse } from '@bellwether/warehouse';
import { exactWorld, restRequests } from './github/exact-world.ts';
import { NOW, type SimulatedRun, startSimulatedRun } from './github/simulated-github.ts';
import { usageByStream } from './github/stream-usage.ts';
import { limitLine } from './limit-line.ts';

const sizes = { pullRequests: 1_000, repositories: 1_500 };

const HOUR = 3_600_000;

/**
 * What collecting costs of GitHub's quota, as the server counts it: a first collection of one repository beside the
 * same work the way REST needs it, then a run over many repositories in which nothing is new.
 */
export async function benchGitHubBudget(): Promise<void> {
  process.stdout.write(`${(await firstCollection(sizes.pullRequests)).join('\n')}\n\n`);
  process.stdout.write(`${(await idleRun(sizes.repositories)).join('\n')}\n\n`);
}

async function firstCollection(count: number): Promise<string[]> {
  const world = exactWorld(count);
  const clock = { now: () => NOW };
  await using run = await startSimulatedRun({ world, clock, hasGit: true });
  await run.collect();
  const streams = usageByStream(run.github);
  const pullRequests = streams.find(({ stream }) => stream === 'pull-requests')!;
  const rest = restRequests(count);
  return [
    `github-budget: one repository of ${count.toLocaleString('en')} pull requests with 3 reviews, 5 commits, 10 timeline items and 10 files each`,
    limitLine('pull-request stream, requests', pullRequests.requests, { atMost: perThousand(45, count) }),
    limitLine('pull-request stream, points', pullRequests.points, { atMost: perThousand(45, count) }),
    ...streams
      .filter(({ stream }) => stream !== 'pull-requests')
      .map(({ stream, requests, points }) => limitLine(`${stream}, requests (${points} points)`, requests)),
    limitLine('commits, points', streams.find(({ stream }) => stream === 'commits')!.points, { atMost: 0 }),
    limitLine('REST for the same pull requests, requests', rest.whole),
    limitLine('REST ÷ ours', rest.whole / pullRequests.requests),
    limitLine('REST without files and timeline, requests', rest.fewest),
    limitLine('REST without files and timeline ÷ ours', rest.fewest / pullRequests.requests),
  ];
}

function perThousand(limit: number, count: number): number {
  return Math.ceil((limit * count) / 1000);
}

/** The third run: the first collects, the second learns the ETags of the builds. */
async function idleRun(repositories: number): Promise<string[]> {
  const world = generateWorld({
    seed: 1,
    repositories,
    years: 0.05,
    now: NOW,
    parameters: { pullRequests: { perWeek: 0.5 } },
  });
  const clock = { at: NOW, now: () => clock.at };
  await using run = await startSimulatedRun({
    world,
    clock,
    hasGit: false,
    configText: 'github: { commits: off }',
  });
  for (let warmUp = 0; warmUp < 2; warmUp++) {
    await run.collect();
    clock.at += HOUR;
    world.now = clock.at;
  }
  run.github.usage.reset();
  const counted = countQueries(run.warehouse);
  const started = performance.now();
  const result = await run.collect(counted.warehouse);
  const seconds = (performance.now() - started) / 1000;
  const rows = result.targets.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return [
    `github-budget: nothing new in ${repositories.toLocaleString('en')} repositories`,
    ...idleLines(run, openItems(world), repositories),
    limitLine('rows written', rows, { atMost: 0 }),
    limitLine('wall time', seconds, null, 's'),
    limitLine('ClickHouse queries', counted.count()),
  ];
}

function idleLines({ github }: SimulatedRun, open: number, repositories: number): string[] {
  const streams = usageByStream(github);
  const builds = streams.find(({ stream }) => stream === 'builds')!;
  const others = streams.reduce((sum, { requests }) => sum + requests, 0) - builds.requests;
  // 60 for 1,500 repositories: 50 pages of 30, and 10 for what does not grow with them.
  const atMost = Math.ceil(repositories / 30) + 10 + Math.ceil(open / 100);
  return [
    limitLine(`requests without CI (${open} open items)`, others, { atMost }),
    ...streams
      .filter(({ requests }) => requests > 0)
      .map(({ stream, requests, points }) => limitLine(`  ${stream} (${points} points)`, requests)),
    limitLine('CI, requests answered 304 and so free', github.usage.notModified),
    limitLine('CI, requests that cost', builds.requests - github.usage.notModified),
  ];
}

/** Open pull requests, and deployments that nobody has told the end of. */
function openItems({ repositories }: World): number {
  let count = 0;
  for (const { pullRequests, deployments } of repositories.values()) {
    for (const { state } of pullRequests.values()) if (state === 'OPEN') count++;
    for (const { statuses } of deployments.values()) {
      const last = statuses.at(-1)?.state;
      if (last === undefined || ['PENDING', 'QUEUED', 'IN_PROGRESS', 'WAITING'].includes(last)) count++;
    }
  }
  return count;
}

/** The same warehouse, counting what it is asked and told. */
function countQueries(warehouse: Warehouse): { warehouse: Warehouse; count: () => number } {
  let count = 0;
  const counting = new Proxy(warehouse, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        count++;
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { warehouse: counting, count: () => count };
}
