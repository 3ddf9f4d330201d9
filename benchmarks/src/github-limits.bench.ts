import { documentedLimits, generateWorld, reportedSeconds, type World } from '@bellwether/simulator';
import { contents } from './github/exact-world.ts';
import { NOW, startSimulatedRun } from './github/simulated-github.ts';
import { VirtualTime } from './github/virtual-time.ts';
import { limitLine } from './limit-line.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long it may find out what is allowed, in simulated time. */
const WARM_UP = 3 * MINUTE;

/**
 * How close collecting comes to what GitHub allows, under its documented limits and answers that take as long as
 * reported, all in simulated time: once where the seconds of its processors end first, once where the points do.
 */
export async function benchGitHubLimits(): Promise<void> {
  process.stdout.write(`${(await processorSeconds()).join('\n')}\n\n`);
  process.stdout.write(`${(await points()).join('\n')}\n\n`);
}

/** Full pages of pull requests: 60 s of processors a minute are used up long before 5,000 points an hour. */
async function processorSeconds(): Promise<string[]> {
  const exact = { count: 1_000, ...contents };
  const world = worldOf(24, { exact });
  const seen = await watch(world, reportedSeconds, 'github: { commits: off, builds: false }');
  const until = seen.lastFullMinute;
  const minutes = (until - WARM_UP) / MINUTE;
  const seconds = sumBetween(seen.asked, WARM_UP, until, ({ seconds: each }) => each);
  const ceiling = documentedLimits.graphqlCpuSecondsPerMinute;
  return [
    `github-limits: ${seen.pullRequests.toLocaleString('en')} pull requests, pages that take ${reportedSeconds(145).toFixed(1)} s; minutes 3 to ${(until / MINUTE).toFixed(0)}`,
    limitLine('ceiling: seconds of GraphQL a minute', ceiling),
    limitLine('reached', seconds / minutes),
    limitLine('share of the ceiling, %', (100 * seconds) / minutes / ceiling, { atLeast: 90 }),
    limitLine('secondary limits after warming up', seen.throttledAfter(WARM_UP), { atMost: 0 }),
    limitLine('secondary limits while warming up', seen.throttledAfter(0) - seen.throttledAfter(WARM_UP)),
  ];
}

/** Small answers for many repositories: here 5,000 points an hour are what ends first. */
async function points(): Promise<string[]> {
  const world = worldOf(640, { perWeek: 0.2 });
  const seen = await watch(world, reportedSeconds, 'github: { commits: off, builds: false }');
  const used = sumBetween(seen.asked, 0, HOUR, ({ points: each }) => each);
  const total = sumBetween(seen.asked, 0, Infinity, ({ points: each }) => each);
  const ceiling = documentedLimits.graphqlPointsPerHour;
  return [
    `github-limits: ${world.repositories.size} repositories, ${total.toLocaleString('en')} points in ${(seen.lastFullMinute / HOUR).toFixed(1)} h`,
    limitLine('ceiling: points of the first hour', ceiling),
    limitLine('reached', used),
    limitLine('share of the ceiling, %', (100 * used) / ceiling, { atLeast: 90 }),
    limitLine('refused for want of points', seen.primaryHits, { atMost: 0 }),
    limitLine('secondary limits after warming up', seen.throttledAfter(WARM_UP), { atMost: 0 }),
    limitLine('secondary limits while warming up', seen.throttledAfter(0) - seen.throttledAfter(WARM_UP)),
  ];
}

function worldOf(repositories: number, pullRequests: object): World {
  return generateWorld({ seed: 1, repositories, years: 0.1, now: NOW, parameters: { pullRequests } });
}

interface Asked {
  /** Since the first request, in simulated ms. */
  readonly at: number;
  readonly seconds: number;
  readonly points: number;
}

interface Seen {
  readonly asked: readonly Asked[];
  readonly pullRequests: number;
  readonly lastFullMinute: number;
  readonly primaryHits: number;
  throttledAfter(at: number): number;
}

/** Collects it all and notes what the server counted, when. */
async function watch(
  world: World,
  secondsOf: (requestCount: number) => number,
  configText: string,
): Promise<Seen> {
  const time = new VirtualTime(NOW);
  const asked: Asked[] = [];
  const throttled: number[] = [];
  const before = { points: 0, hits: 0 };
  const note = (seconds: number): void => {
    const at = time.now() - NOW;
    const { usage } = run.github;
    asked.push({ at, seconds, points: usage.points - before.points });
    before.points = usage.points;
  };
  const noteThrottling = (): void => {
    const { secondaryLimitHits } = run.github.usage;
    for (; before.hits < secondaryLimitHits; before.hits++) throttled.push(time.now() - NOW);
  };
  const never = new AbortController().signal;
  await using run = await startSimulatedRun({
    world,
    clock: time,
    wait: time.sleep,
    hasGit: false,
    configText,
    limits: documentedLimits,
    latency: {
      scale: 1,
      secondsOf: (requestCount) => {
        const seconds = secondsOf(requestCount);
        note(seconds);
        return seconds;
      },
      wait: (ms) => time.sleep(ms, never),
    },
    hooks: {
      onRequest: () => {
        time.sign();
        // The request is counted, or refused, right after this.
        setImmediate(noteThrottling);
      },
    },
  });
  try {
    await run.collect(time.watched(run.warehouse));
    noteThrottling();
  } finally {
    time.stop();
  }
  const { primaryLimitHits } = run.github.usage;
  return {
    asked,
    pullRequests: [...world.repositories.values()].reduce((sum, each) => sum + each.pullRequests.size, 0),
    lastFullMinute: Math.floor((asked.at(-1)?.at ?? 0) / MINUTE) * MINUTE,
    primaryHits: primaryLimitHits,
    throttledAfter: (at) => throttled.filter((when) => when >= at).length,
  };
}

function sumBetween(asked: readonly Asked[], from: number, to: number, of: (each: Asked) => number): number {
  return asked.reduce((sum, each) => (each.at >= from && each.at < to ? sum + of(each) : sum), 0);
}
