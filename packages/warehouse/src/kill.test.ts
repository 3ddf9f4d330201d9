import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Child } from '../test/child-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { openWarehouse } from './open-warehouse.ts';

/** `npm run soak` asks for more. */
const ROUNDS = Number(process.env['BELLWETHER_SOAK_ROUNDS'] ?? 5);
const BATCH = 3_000;
const path = join(temporaryFolder(), 'data');

const lastOf = (child: Child, word: string): number =>
  Number(child.lines.findLast((line) => line.startsWith(word))?.slice(word.length) ?? 0);

it(
  `killed at random moments, ${String(ROUNDS)} times, every acknowledged row is there and no scope is half replaced`,
  async () => {
    let stored = 0;
    let derived = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = new Child('acknowledge', [path, String(stored)]);
      await child.line('stored');
      const delay = Math.random() * 500;
      await wait(delay);
      await child.kill();
      stored = Math.max(stored, lastOf(child, 'stored '));
      derived = Math.max(derived, lastOf(child, 'derived '));

      const warehouse = await openWarehouse({ path });
      const where = `round ${String(round)}, killed after ${delay.toFixed(0)} ms`;
      const [commits] = await warehouse.query<{ n: number }>(
        'SELECT count() AS n FROM domain.commits FINAL WHERE toUInt32(sha) < {below:UInt32}',
        { below: stored * BATCH },
      );
      expect(commits?.n, where).toBe(stored * BATCH);
      const facts = await warehouse.query<{ id: number; n: number }>(
        'SELECT toUInt32(deployment_id) AS id, count() AS n FROM facts.commit_deployments FINAL GROUP BY id',
      );
      expect(
        facts.map(({ n }) => n),
        where,
      ).toEqual(facts.length === 0 ? [] : [2_000]);
      expect(facts[0]?.id ?? 0, where).toBeGreaterThanOrEqual(derived);
      await warehouse.close();
    }
    expect(stored).toBeGreaterThanOrEqual(ROUNDS);
  },
  60_000 + ROUNDS * 10_000,
);
