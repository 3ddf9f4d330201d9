import { parseConfig } from '@bellwether/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, type TestWarehouse } from '../testing/test-warehouse.ts';
import { mortalWarehouse } from '../testing/watched-warehouse.ts';
import { collectClone, expectLikeFresh } from './testing/compare-with-fresh.ts';
import { operation, RandomHistory } from './testing/random-history.ts';
import { makeRepository, runGit } from './testing/repository-builder.ts';

const config = parseConfig('', 'bellwether.yaml');
/** `npm run soak` looks at more, and at others each time. */
const soak = process.env['BELLWETHER_SOAK'];
const sequences = soak === undefined ? { numRuns: 30, seed: 20260105 } : { numRuns: Number(soak) };

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

let names = 0;

describe('a history that is rewritten between collections', () => {
  /** Between two collections people do several things; a collection may be killed before one of its writes. */
  const round = fc.record({
    operations: fc.array(operation, { minLength: 1, maxLength: 4 }),
    diesAt: fc.option(fc.integer({ min: 2, max: 16 }), { freq: 2 }),
  });

  it('ends in the rows of a fresh collection, killed or not', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
        await using repository = await makeRepository({ bare: true });
        const history = new RandomHistory(repository);
        await history.begin();
        const target = { path: repository.path, repo: `random-${names++}/app` };
        for (const { operations, diesAt } of rounds) {
          for (const each of operations) await history.apply(each);
          const warehouse = diesAt === null ? test.warehouse : mortalWarehouse(test.warehouse, diesAt);
          await collectClone(warehouse, target, config).catch(() => null);
        }
        const result = await collectClone(test.warehouse, target, config);
        expect(result.targets.map(({ error }) => error)).toEqual([null]);
        await expectLikeFresh(test, target, config);
      }),
      sequences,
    );
  });

  it(
    'ends in the rows of a fresh collection when a shallow clone is cut elsewhere',
    { timeout: 3_600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(operation, { minLength: 3, maxLength: 10 }),
          fc.array(
            fc.record({ depth: fc.integer({ min: 1, max: 8 }), more: fc.array(operation, { maxLength: 2 }) }),
            {
              minLength: 2,
              maxLength: 3,
            },
          ),
          async (operations, cuts) => {
            await using repository = await makeRepository({ bare: true });
            const history = new RandomHistory(repository);
            await history.begin();
            for (const each of operations) await history.apply(each);
            const clone = repository.beside('clone.git');
            await runGit(repository.path, [
              'clone',
              '-q',
              '--mirror',
              '--depth=2',
              `file://${repository.path}`,
              clone,
            ]);
            const target = { path: clone, repo: `shallow-${names++}/app` };
            for (const { depth, more } of cuts) {
              await collectClone(test.warehouse, target, config);
              for (const each of more) await history.apply(each);
              await runGit(clone, [
                'fetch',
                '-q',
                '--prune',
                '--force',
                `--depth=${depth}`,
                'origin',
                '+refs/*:refs/*',
              ]);
            }
            await collectClone(test.warehouse, target, config);
            await expectLikeFresh(test, target, config);
          },
        ),
        { ...sequences, numRuns: Math.ceil(sequences.numRuns / 4) },
      );
    },
  );
});
