import {
  type BuildFactRow,
  buildFacts,
  type BuildJobFactRow,
  buildJobFacts,
  type RepositoryFactRow,
  repositoryFacts,
} from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import type { ReferenceRow } from '../reference.ts';
import { services, teams } from '../requests.ts';
import { build, buildJob } from '../rows/builds.ts';
import { repositoryFact } from '../rows/repositories.ts';
import { pick, type WorldKind } from '../world.ts';

/** The builds of one repository, their jobs, and whose it is, at random. */
export interface BuildWorld {
  repo: string;
  repository: RepositoryFactRow | null;
  builds: BuildFactRow[];
  jobs: BuildJobFactRow[];
}

export const integration: WorldKind<BuildWorld> = {
  of: (repo) =>
    fc
      .record({
        owner: fc.option(place, { freq: 8 }),
        builds: fc.array(aBuild, { maxLength: 40 }),
        jobs: fc.array(aJob, { maxLength: 40 }),
      })
      .map(({ owner, builds, jobs }) => ({
        repo,
        repository: owner && repositoryFact({ repo, ...owner, services: [owner.service] }),
        builds: builds.map((draft, index) => buildOf(repo, index, draft)),
        jobs: jobs.map((draft, index) => jobOf(repo, index, draft)),
      })),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      repositoryFacts,
      worlds.flatMap(({ repository }) => repository ?? []),
    );
    await warehouse.insert(
      buildFacts,
      worlds.flatMap(({ builds }) => builds),
    );
    await warehouse.insert(
      buildJobFacts,
      worlds.flatMap(({ jobs }) => jobs),
    );
  },
};

const place = fc.record({
  service: fc.constantFrom(...services, '(several)', ''),
  team: fc.constantFrom(...teams),
  team_group: fc.constantFrom('', 'colours'),
});

const seconds = fc.integer({ min: 0, max: 20_000 });
const delay = fc.integer({ min: 0, max: 3_000_000 });

const aBuild = fc.record({
  place,
  created_at: instant,
  attempt: fc.constantFrom(1, 1, 1, 2, 3),
  provider: fc.constantFrom('actions', 'jenkins'),
  pipeline: fc.constantFrom('ci.yml', 'release.yml', "it's"),
  is_default_branch: fc.boolean(),
  result: fc.constantFrom('success', 'success', 'failure', 'failure', 'cancelled', 'other', ''),
  queue: fc.option(seconds, { freq: 5 }),
  run: fc.option(seconds, { freq: 5 }),
  isNegative: fc.boolean(),
  wasMadeGood: fc.boolean(),
  isRedStart: fc.boolean(),
  greenAfter: fc.option(delay, { freq: 3 }),
  quarters: fc.option(fc.integer({ min: 0, max: 400 }), { freq: 3 }),
});
type BuildDraft = typeof aBuild extends fc.Arbitrary<infer One> ? One : never;

/** As derivation writes them: only a failure is flaky or turns a branch red, only what ended has a time to run. */
function buildOf(repo: string, index: number, draft: BuildDraft): BuildFactRow {
  const { created_at, attempt, provider, pipeline, is_default_branch, queue, isRedStart, greenAfter } = draft;
  const result = draft.result;
  const isEnded = result !== '';
  const run = isEnded ? draft.run : null;
  const isFailure = result === 'failure';
  const is_flaky = isFailure && draft.wasMadeGood;
  const is_red_start = isFailure && is_default_branch && isRedStart;
  const finished_at = isEnded ? created_at + 1000 * ((queue ?? 0) + (run ?? 0)) : null;
  const missing = !isEnded ? 'unfinished' : draft.isNegative ? 'negative' : 'not-started';
  return build({
    ...{ repo, ...draft.place, build_id: `ci:${String(index)}` },
    ...{ created_at, attempt, provider, pipeline, is_default_branch, result, is_flaky, is_red_start },
    finished_at,
    queue_seconds: queue,
    run_seconds: run,
    time_gap: queue === null || run === null ? missing : '',
    lost_seconds: is_flaky ? run : 0,
    green_at: is_red_start && finished_at !== null && greenAfter !== null ? finished_at + greenAfter : null,
    cost: run === null || draft.quarters === null ? null : draft.quarters / 4,
  });
}

const aJob = fc.record({
  name: fc.constantFrom('test', 'lint', "it's"),
  conclusion: fc.constantFrom('success', 'failure', 'timed_out', 'cancelled', 'skipped', ''),
  began_at: instant,
  isDated: fc.boolean(),
  ranFor: fc.option(fc.integer({ min: -60, max: 20_000 }), { freq: 6 }),
});
type JobDraft = typeof aJob extends fc.Arbitrary<infer One> ? One : never;

function jobOf(
  repo: string,
  index: number,
  { name, began_at, isDated, ranFor, ...draft }: JobDraft,
): BuildJobFactRow {
  const conclusion = draft.conclusion as BuildJobFactRow['conclusion'];
  const started_at = isDated ? began_at : null;
  return buildJob({
    ...{
      repo,
      build_id: `ci:${String(index)}`,
      job_id: String(index),
      name,
      conclusion,
      began_at,
      started_at,
    },
    status: conclusion === '' ? 'running' : 'finished',
    finished_at:
      conclusion === '' || started_at === null || ranFor === null ? null : started_at + ranFor * 1000,
  });
}

/** What every metric of builds says of a row. */
export function placeOf(row: BuildFactRow): Pick<ReferenceRow, 'at' | 'basis' | 'dimensions'> {
  return {
    at: row.created_at,
    basis: row.attempt > 1 ? 'retry' : 'first',
    dimensions: pick(row, ['repo', 'service', 'team', 'team_group', 'provider', 'pipeline']),
  };
}

/** Why a build gives no verdict about its revision; '' where it does. */
export function silenceOf({ result }: BuildFactRow): string {
  switch (result) {
    case 'success':
    case 'failure':
      return '';
    case '':
      return 'unfinished';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'no-verdict';
  }
}
