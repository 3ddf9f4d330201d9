import { parseConfig } from '@bellwether/core';
import { type CommitRow, commits, cursors } from '@bellwether/warehouse';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, type TestWarehouse } from '../testing/test-warehouse.ts';
import { mortalWarehouse, type Write } from '../testing/watched-warehouse.ts';
import { collectClone, expectLikeFresh } from './testing/compare-with-fresh.ts';
import { operation, RandomHistory } from './testing/random-history.ts';
import { makeRepository, runGit, type TestRepository } from './testing/repository-builder.ts';

const config = parseConfig('', 'bellwether.yaml');
/** `npm run soak` looks at more, and at others each time. */
const soak = process.env['BELLWETHER_SOAK'];
const sequences = soak === undefined ? { numRuns: 12, seed: 20260105 } : { numRuns: Number(soak) };

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

let names = 0;

describe('a rewritten branch', () => {
  it.each([
    ['are still there', false],
    ['were collected as garbage', true],
  ])('is repaired by reading what is new, whether its old objects %s', async (_case, isForgotten) => {
    await using repository = await makeRepository({
      commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }, { id: 'e' }],
    });
    const target = { path: repository.path, repo: `rewritten-${names++}/app` };
    await collectClone(test.warehouse, target, config);
    await repository.add({ commits: [{ id: 'e2', parents: ['d'] }, { id: 'f' }] });
    if (isForgotten) await repository.forgetUnreachable();
    const { targets } = await collectClone(test.warehouse, target, config);
    // One tombstone and two new commits.
    expect(targets[0]?.streams.find(({ name }) => name === 'commits')).toMatchObject({ rowCount: 3 });
    await expectLikeFresh(test, target, config);
  });

  it('that was only cut back is known by its new end', async () => {
    await using repository = await makeRepository({
      commits: [{ id: 'a' }, { id: 'p', branch: 'draft', parents: ['a'] }, { id: 'q', branch: 'draft' }],
    });
    const target = { path: repository.path, repo: `rewritten-${names++}/app` };
    await collectClone(test.warehouse, target, config);
    await repository.git('update-ref', 'refs/heads/draft', repository.sha('p'));
    await collectClone(test.warehouse, target, config);
    await repository.git('update-ref', '-d', 'refs/heads/draft');
    await repository.forgetUnreachable();
    await collectClone(test.warehouse, target, config);
    await expectLikeFresh(test, target, config);
  });
});

describe('a reading that was killed', () => {
  const target = (repository: TestRepository) => ({ path: repository.path, repo: `killed-${names++}/app` });
  const afterCommits = (count: number) =>
    mortalWarehouse(test.warehouse, count + 1, ({ table }) => table === commits);
  const storedCount = async (repo: string): Promise<number> =>
    (await test.warehouse.readRows(commits, ['sha'], { sql: 'repo = {repo:String}', params: { repo } }))
      .length;

  it.each([
    ['are still there', false],
    ['were collected as garbage', true],
  ])(
    'leaves nothing behind of a branch that is deleted then, whose objects %s',
    async (_case, isForgotten) => {
      await using repository = await makeRepository({
        commits: [
          { id: 'a' },
          ...Array.from({ length: 8 }, (_, index) => ({
            id: `draft-${index}`,
            branch: 'draft',
            ...(index === 0 ? { parents: ['a'] } : {}),
            at: '2026-03-01T00:00:00Z',
          })),
        ],
      });
      const { path, repo } = target(repository);
      await collectClone(afterCommits(2), { path, repo }, config);
      expect(await storedCount(repo)).toBe(6);
      await repository.git('update-ref', '-d', 'refs/heads/draft');
      if (isForgotten) await repository.forgetUnreachable();
      await collectClone(test.warehouse, { path, repo }, config);
      expect(await storedCount(repo)).toBe(1);
      await expectLikeFresh(test, { path, repo }, config);
    },
  );

  it('removes the rest when it was killed while removing, also when git knows nothing any more', async () => {
    await using repository = await makeRepository({
      commits: [
        { id: 'a' },
        ...['left', 'right'].flatMap((branch) =>
          Array.from({ length: 5 }, (_, index) => ({
            id: `${branch}-${index}`,
            branch,
            ...(index === 0 ? { parents: ['a'] } : {}),
          })),
        ),
        { id: 'joined', branch: 'left', parents: ['left-4', 'right-4'] },
      ],
    });
    const { path, repo } = target(repository);
    await collectClone(test.warehouse, { path, repo }, config);
    expect(await storedCount(repo)).toBe(12);
    for (const branch of ['left', 'right']) await repository.git('update-ref', '-d', `refs/heads/${branch}`);
    await repository.forgetUnreachable();
    for (const left of [9, 6, 3]) {
      await collectClone(afterCommits(1), { path, repo }, config);
      expect(await storedCount(repo)).toBe(left);
    }
    await collectClone(test.warehouse, { path, repo }, config);
    await expectLikeFresh(test, { path, repo }, config);
  });

  it('keeps what another source stored of the same repository', async () => {
    await using repository = await makeRepository({
      commits: [{ id: 'a' }, { id: 'draft', branch: 'draft', parents: ['a'] }],
    });
    const { path, repo } = target(repository);
    await collectClone(test.warehouse, { path, repo }, config);
    const [row] = await test.warehouse.readRows(commits, Object.keys(commits.columns) as never[], {
      sql: 'repo = {repo:String}',
      params: { repo },
    });
    await test.warehouse.insert(commits, [
      { ...(row as unknown as CommitRow), sha: 'f'.repeat(40), parents: [] },
    ]);
    await repository.git('update-ref', '-d', 'refs/heads/draft');
    await repository.forgetUnreachable();
    await collectClone(test.warehouse, { path, repo }, config);
    const left = await test.warehouse.readRows(commits, ['sha'], {
      sql: 'repo = {repo:String}',
      params: { repo },
    });
    expect(left.map(({ sha }) => sha).sort()).toEqual([repository.sha('a'), 'f'.repeat(40)].sort());
  });
});

describe('a history that is rewritten between collections', () => {
  /** Between two collections people do several things; a collection may be killed before one of its writes. */
  const round = fc.record({
    operations: fc.array(operation, { minLength: 1, maxLength: 6 }),
    diesAt: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 3 }),
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
          const isOfCommits = ({ table }: Write): boolean => table === commits || table === cursors;
          const warehouse =
            diesAt === null ? test.warehouse : mortalWarehouse(test.warehouse, diesAt, isOfCommits);
          await collectClone(warehouse, target, config).catch(() => null);
        }
        if (rounds.at(-1)?.diesAt !== null) await collectClone(test.warehouse, target, config);
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
        { ...sequences, numRuns: Math.ceil(sequences.numRuns / 6) },
      );
    },
  );
});
