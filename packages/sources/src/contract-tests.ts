import { BellwetherError, type Config, fixedClock } from '@bellwether/core';
import { collectorRuns, derivations, type Table, type Warehouse } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collect, type CollectOptions, type CollectResult } from './engine/collect.ts';
import type { Source } from './source.ts';
import { type Dump, openTestWarehouse, readAll, type TestWarehouse } from './testing/test-warehouse.ts';
import { mortalWarehouse, watchWarehouse, type Write } from './testing/watched-warehouse.ts';

/** Something to collect from, made for one test. */
export interface SourceWorld<Target> {
  /** Two targets of different repositories that share people. */
  readonly targets: readonly [Target, Target];
  /** A target that cannot be collected. */
  readonly brokenTarget: Target;
  readonly config: Config;
  /** When it is, ms since 1970. */
  readonly now: number;
  /** Every address, login and display name in it: none may stand outside `private.identities`. */
  readonly persons: readonly string[];
  /** Changes the first target: something is new, something changed, something is gone. */
  change(): Promise<void>;
  dispose(): Promise<void>;
}

export interface SourceContract<Target> {
  /** Batches as small as it can make them, so that there are many moments to be interrupted at. */
  readonly source: Source<Target>;
  readonly makeWorld: () => Promise<SourceWorld<Target>>;
}

/** Nobody interrupts a run more often than this; a source that needs more writes makes its world smaller. */
const MOST_WRITES = 200;

/** For tests that run a source dozens of times; a busy machine needs minutes. */
const LONG_MS = 300_000;

/** The tests that every source has to pass. Call it at the top level of a test file of its own. */
export function describeSourceContract<Target>({ source, makeWorld }: SourceContract<Target>): void {
  describe(`the source ${source.name}`, () => {
    let test: TestWarehouse;
    let world: SourceWorld<Target>;

    beforeAll(async () => {
      test = await openTestWarehouse();
    });
    afterAll(async () => {
      await test[Symbol.asyncDispose]();
    });
    beforeEach(async () => {
      await test.clear();
      world = await makeWorld();
    });
    afterEach(async () => {
      await world.dispose();
    });

    const run = (options: Partial<CollectOptions<Target>> = {}): Promise<CollectResult> =>
      collect({
        source,
        warehouse: test.warehouse,
        targets: world.targets,
        config: world.config,
        secret: 'a secret of the tests',
        clock: fixedClock(world.now),
        retry: { sleep: async () => {}, random: () => 0 },
        ...options,
      });

    it('collects both targets and records the runs', async () => {
      const result = await run();
      expect(result.targets.map(({ error }) => error)).toEqual([null, null]);
      expect(result.status).toBe('ok');
      expect(rowsOfDomain(await test.dump())).toBeGreaterThan(0);
      const runs = await readAll(test.warehouse, collectorRuns);
      expect(runs.map(({ status }) => status)).toEqual(['ok', 'ok']);
      expect(runs.map(({ target }) => target).sort()).toEqual(result.targets.map(({ repo }) => repo).sort());
    });

    it('writes nothing and moves no mark when nothing is new', async () => {
      await run();
      const marks = await readAll(test.warehouse, derivations);
      const writes: Write[] = [];
      const warehouse = watchWarehouse(test.warehouse, { beforeWrite: (write) => void writes.push(write) });
      const result = await run({ warehouse });
      expect(result.targets.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
      expect(result.targets.flatMap(({ streams }) => streams.map(({ status }) => status))).toEqual(
        world.targets.flatMap(() => source.streams.map(() => 'current')),
      );
      expect(writes.map(({ table, rows }) => [table.qualified, rows.length])).toEqual([
        ['ops.collector_runs', 2],
      ]);
      expect(await readAll(test.warehouse, derivations)).toEqual(marks);
    });

    it('sees what changed, and nothing else', async () => {
      await run();
      await world.change();
      const result = await run();
      expect(result.status).toBe('ok');
      expect(result.targets[0]?.rowCount).toBeGreaterThan(0);
      expect(result.targets[1]?.rowCount).toBe(0);
      const collected = await test.dump();
      await test.clear();
      await run();
      expect(withoutPeople(collected)).toEqual(withoutPeople(await test.dump()));
    });

    it('marks a repository as changed before the first domain row and after the last', async () => {
      const writes: string[] = [];
      await run({
        targets: [world.targets[0]],
        warehouse: watchWarehouse(test.warehouse, {
          beforeWrite: ({ table }) =>
            void writes.push(table.database === 'domain' ? 'domain' : table.qualified),
        }),
      });
      expect(writes.indexOf('ops.derivations')).toBeLessThan(writes.indexOf('domain'));
      expect(writes.lastIndexOf('ops.derivations')).toBeGreaterThan(writes.lastIndexOf('domain'));
    });

    it(
      'comes to the same rows when killed before any write of a first run',
      { timeout: LONG_MS },
      async () => {
        const targets = [world.targets[0]];
        await run({ targets });
        const undisturbed = await test.dump();
        await test.clear();
        await killEverywhere((warehouse) => run({ targets, warehouse }), test.warehouse);
        expect(await test.dump()).toEqual(undisturbed);
      },
    );

    it(
      'comes to the same rows when killed before any write of a later run',
      { timeout: LONG_MS },
      async () => {
        const targets = [world.targets[0]];
        await run({ targets });
        await world.change();
        await killEverywhere((warehouse) => run({ targets, warehouse }), test.warehouse);
        const killed = await test.dump();
        await world.dispose();
        world = await makeWorld();
        await test.clear();
        await run({ targets: [world.targets[0]] });
        await world.change();
        await run({ targets: [world.targets[0]] });
        expect(killed).toEqual(await test.dump());
      },
    );

    it('stops when cancelled, says so, and goes on later', { timeout: LONG_MS }, async () => {
      await run();
      const undisturbed = await test.dump();
      // Every fifth moment; where exactly a run is cut short is the test above.
      for (let stopAt = 1; stopAt <= MOST_WRITES; stopAt += 5) {
        await test.clear();
        const controller = new AbortController();
        const warehouse = watchWarehouse(test.warehouse, {
          beforeWrite: (_write, number) => {
            if (number === stopAt) controller.abort();
          },
        });
        const result = await run({ warehouse, signal: controller.signal });
        if (result.status === 'ok') break;
        expect(result.status).toBe('cancelled');
        const runs = await readAll(test.warehouse, collectorRuns);
        expect(runs.every(({ status }) => status === 'cancelled' || status === 'ok')).toBe(true);
        expect(result.targets.at(-1)?.error?.code).toBe('cancelled');
        await run();
        expect(await test.dump()).toEqual(undisturbed);
      }
    });

    it('does not care which target comes first', async () => {
      await run();
      const collected = await test.dump();
      await test.clear();
      await run({ targets: [...world.targets].reverse() });
      expect(await test.dump()).toEqual(collected);
    });

    it('collects the other target when one is broken, and says what to do', async () => {
      const result = await run({ targets: [world.brokenTarget, world.targets[0]] });
      expect(result.status).toBe('partial');
      expect(result.targets.map(({ status }) => status)).toEqual(['failed', 'ok']);
      const error = result.targets[0]?.error;
      expect(error).toBeInstanceOf(BellwetherError);
      expect(error?.code).not.toBe('unexpected');
      expect(error?.next).not.toBe('');
    });

    it('writes only what its streams declare, in rows that fit their tables', async () => {
      const declared = new Set(source.streams.flatMap(({ tables, replaces }) => [...tables, ...replaces]));
      const warehouse = watchWarehouse(test.warehouse, {
        beforeWrite: ({ kind, table, rows }) => {
          if (table.database === 'ops' && table.name !== 'truncations') return;
          expect(declared).toContain(table);
          for (const row of rows) expectFit(table, row as Record<string, unknown>, kind === 'remove');
        },
      });
      const result = await run({ warehouse });
      await world.change();
      await run({ warehouse });
      expect(result.targets.map(({ error }) => error)).toEqual([null, null]);
    });

    it('lets no address, login or name of a person out of private.identities', async () => {
      await run();
      const { 'private.identities': identities = [], ...others } = await test.dump();
      const text = JSON.stringify(others).toLowerCase();
      expect(world.persons.length).toBeGreaterThan(0);
      expect(world.persons.filter((person) => text.includes(person.toLowerCase()))).toEqual([]);
      expect(identities.length).toBeGreaterThan(0);
    });
  });
}

/** Runs again and again, each time killed one write later, until nothing is left to be killed at. */
async function killEverywhere(
  run: (warehouse: Warehouse) => Promise<CollectResult>,
  warehouse: Warehouse,
): Promise<void> {
  for (let diesAt = 1; diesAt <= MOST_WRITES; diesAt++) {
    const result = await run(mortalWarehouse(warehouse, diesAt)).catch(() => null);
    if (result?.status === 'ok') return;
  }
  throw new Error(`not done after ${MOST_WRITES} attempts`);
}

function rowsOfDomain(dump: Dump): number {
  return Object.entries(dump).reduce(
    (sum, [table, rows]) => sum + (table.startsWith('domain.') ? rows.length : 0),
    0,
  );
}

/** A person stays known after everything they did was rewritten away, until `forget`. */
function withoutPeople({ 'domain.people': _people, 'private.identities': _identities, ...rest }: Dump): Dump {
  return rest;
}

function expectFit(table: Table, row: Record<string, unknown>, isKey: boolean): void {
  if (!isKey) expect(Object.keys(row).sort()).toEqual(Object.keys(table.columns).sort());
  for (const name of table.key) expect(row[name], `${table.qualified}.${name}`).not.toBe('');
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns[name]!;
    const isNullable = typeof column === 'string' && column.startsWith('Nullable');
    if (!isNullable) expect(value, `${table.qualified}.${name}`).not.toBeNull();
    expect(value, `${table.qualified}.${name}`).toBeDefined();
    if (typeof column !== 'string') expect(column.words).toContain(value);
  }
}
