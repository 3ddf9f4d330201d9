import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import {
  buildFacts,
  builds,
  changeDeployments,
  changes,
  commitDeployments,
  commits,
  deploymentAttempts,
  deploymentOutcomes,
  deployments,
  derivations,
  findings,
  migrate,
  openWarehouse,
  repositories,
  repositoryFacts,
  type Table,
  teamMembers,
  type Warehouse,
} from '@bellwether/warehouse';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveRules } from './compute/facts.ts';
import { deriveChanged, staleRepositories } from './derive.ts';
import { brokenAtWrite } from './testing/broken-warehouse.ts';
import { type AnyBuild, anyBuild, buildRow, repositoryRow } from './testing/builds.ts';
import { commit, day, release, sha, start } from './testing/snapshot.ts';

const prices = [{ provider: 'actions', pipeline: 'ci', perMinute: 0.5 }];
const rules = deriveRules(Config.parse({ privacy: { minimumGroupSize: 2 }, ci: { prices } }));
const repos = ['local/one', 'local/two'];
const factTables: Table[] = [
  changes,
  commitDeployments,
  changeDeployments,
  deploymentOutcomes,
  deploymentAttempts,
  repositoryFacts,
  buildFacts,
  findings,
];

let folder: string;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'derive-life-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: [] });
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true });
});

const derive = (through = warehouse): ReturnType<typeof deriveChanged> =>
  deriveChanged({ warehouse: through, rules, talk: silentTalk, signal: new AbortController().signal });

async function dump(): Promise<string[][]> {
  const read = factTables.map(async (table) => {
    const rows = await warehouse.readRows(table, Object.keys(table.columns));
    return rows.map((row) => JSON.stringify(row)).sort();
  });
  return Promise.all(read);
}

let marks = 0;

/** As collection does: a mark before the first row, and another one after the last. */
async function collected(repo: string, side: 'domain' | 'builds', write: () => Promise<void>): Promise<void> {
  const raise = (): Promise<void> =>
    warehouse.insert(derivations, [{ repo, side, mark: `m${String((marks += 1))}` }]);
  await raise();
  await write();
  await raise();
}

const aRepo = fc.constantFrom(...repos);
/** Something that happens in a company. */
const anEvent = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('builds' as const),
      repo: aRepo,
      of: fc.array(anyBuild, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('build-gone' as const), repo: aRepo, of: anyBuild }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('commit' as const), repo: aRepo, released: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('member' as const),
      person: fc.constantFrom('ann', 'bob', 'cem'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('branch' as const),
      repo: aRepo,
      name: fc.constantFrom('main', 'topic'),
    }),
  },
);
type Event = typeof anEvent extends fc.Arbitrary<infer Each> ? Each : never;

let heads = 0;

async function happen(event: Event): Promise<void> {
  switch (event.kind) {
    case 'builds':
      return collected(event.repo, 'builds', () =>
        warehouse.insert(
          builds,
          event.of.map((each) => buildRow(event.repo, each)),
        ),
      );
    case 'build-gone':
      return collected(event.repo, 'builds', () =>
        warehouse.remove(builds, [buildRow(event.repo, event.of)]),
      );
    case 'member':
      return warehouse.insert(teamMembers, [
        { team: 'red', person_key: event.person, valid_from: 0, valid_to: null },
      ]);
    case 'branch':
      return collected(event.repo, 'domain', () =>
        warehouse.insert(repositories, [{ ...repositoryRow(event.repo), default_branch: event.name }]),
      );
    case 'commit':
      return collected(event.repo, 'domain', async () => {
        heads += 1;
        const [name, at] = [`h${String(heads)}`, start + heads * day];
        const row = { ...commit({ name, at }), repo: event.repo, author_key: 'ann', paths: [] };
        await warehouse.insert(commits, [row]);
        await warehouse.insert(repositories, [{ ...repositoryRow(event.repo), head_sha: sha(name) }]);
        if (!event.released) return;
        const of = {
          ...release(`${event.repo}/${name}`, name, at),
          status: 'success',
          started_at: null,
        } as const;
        await warehouse.insert(deployments, [{ ...of, repo: event.repo }]);
      });
  }
}

describe('a life of changes', () => {
  it(
    'ends in the facts that derivation from scratch gives, wherever it was cut off',
    { timeout: 120_000 },
    async () => {
      const step = fc.record({
        events: fc.array(anEvent, { minLength: 1, maxLength: 3 }),
        cutAt: fc.option(fc.integer({ min: 1, max: 14 })),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 4 }), async (life) => {
          for (const { events, cutAt } of life) {
            for (const event of events) await happen(event);
            // Cut off or not: what is left of it is done by the next run.
            if (cutAt === null) await derive();
            else await derive(brokenAtWrite(warehouse, cutAt)).catch(isPulledPlug);
          }
          await derive();
          expect(await staleRepositories(warehouse, rules)).toEqual([]);
          const grown = await dump();
          for (const table of factTables) await warehouse.command(`TRUNCATE TABLE ${table.qualified}`);
          await warehouse.command("DELETE FROM ops.derivations WHERE side NOT IN ('domain', 'builds')");
          await derive();
          expect(grown).toEqual(await dump());
        }),
        { numRuns: 4, endOnFailure: true },
      );
    },
  );

  it('computes nothing but builds where nothing else changed', async () => {
    await happen({ kind: 'commit', repo: 'local/one', released: true });
    await derive();
    await happen({ kind: 'builds', repo: 'local/one', of: [{ ...late, conclusion: '' }] });
    await derive();
    await happen({ kind: 'builds', repo: 'local/one', of: [late] });
    const asked: string[] = [];
    const watched = new Proxy(warehouse, {
      get: (target, name: keyof Warehouse) => {
        const member = target[name];
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          if (name === 'readRows') asked.push((args[0] as Table).qualified);
          return (member as (...all: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    expect(await derive(watched)).toMatchObject({ repositories: 1, written: 1 });
    expect(asked).not.toContain('domain.commits');
    expect(await derive()).toMatchObject({ repositories: 0 });
  });
});

const late: AnyBuild = {
  build_id: 'b8',
  attempt: 1,
  pipeline: 'ci',
  sha: 's3',
  branch: 'topic',
  conclusion: 'cancelled',
  minute: 1,
  runs: 3,
};

function isPulledPlug(error: unknown): void {
  if (!(error instanceof Error) || error.message !== 'the plug was pulled') throw error;
}
