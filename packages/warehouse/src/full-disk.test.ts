import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Child } from '../test/child-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { migrate } from './migrate.ts';
import { openWarehouse } from './open-warehouse.ts';
import { personKeySecret } from './person-key-secret.ts';
import { runGatedQuery } from './gate/run-gated-query.ts';
import { cursors } from './tables/index.ts';

const folder = temporaryFolder();
const small = join(folder, 'small');

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: 'ignore' });
}

/** A file system of 48 MB: only root can make one, and not in every container. */
const hasSmallDisk = ((): boolean => {
  mkdirSync(small);
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', small);
    return true;
  } catch {
    return false;
  }
})();
afterEach(() => {
  if (hasSmallDisk) for (const name of readdirSync(small)) rmSync(join(small, name), { recursive: true });
});
afterAll(() => {
  if (hasSmallDisk) run('umount', '--lazy', small);
});

const storedBy = (child: Child): number =>
  Number(child.lines.findLast((line) => line.startsWith('stored '))?.slice('stored '.length) ?? 0);

async function expectStored(path: string, count: number): Promise<void> {
  const warehouse = await openWarehouse({ path });
  const rows = await warehouse.query(
    'SELECT count() AS n FROM domain.commits FINAL WHERE toUInt32(sha) < {count:UInt32}',
    { count },
  );
  expect(rows).toEqual([{ n: count }]);
  await warehouse.close();
}

describe('when there is no space left', () => {
  it.skipIf(!hasSmallDisk)('says so, loses nothing, and goes on when there is', async () => {
    const path = join(small, 'data');
    const ballast = join(small, 'ballast');
    writeFileSync(ballast, Buffer.alloc(12 * 1024 * 1024));
    const child = new Child('fill', [path, '5000']);
    expect(await child.line('failed')).toBe('failed disk-full');
    const acknowledged = storedBy(child);
    expect(acknowledged).toBeGreaterThan(0);
    rmSync(ballast);
    child.say('try again');
    await child.ended();
    expect(child.lines.filter((line) => line.startsWith('again'))).toEqual([]);
    expect(storedBy(child)).toBe(acknowledged + 100);
    await expectStored(path, acknowledged + 100);
  });

  it.skipIf(!hasSmallDisk)('still reads', async () => {
    const path = join(small, 'data');
    const writer = await openWarehouse({ path });
    await migrate(writer);
    const row = { source: 's', stream: 's', key: 'k', cursor: '1' };
    await writer.insert(cursors, [row]);
    await writer.close();
    fill(join(small, 'ballast'));

    const warehouse = await openWarehouse({ path });
    expect(await migrate(warehouse)).toEqual([]);
    expect(await warehouse.readRows(cursors, ['key', 'cursor'])).toEqual([{ key: 'k', cursor: '1' }]);
    await expect(warehouse.insert(cursors, [{ ...row, cursor: '2' }])).rejects.toMatchObject({
      code: 'disk-full',
    });
    await warehouse.close();
    let text = '';
    for await (const chunk of runGatedQuery({ path }, 'SELECT cursor FROM ops.cursors FINAL', 'TSV')) {
      text += Buffer.from(chunk).toString();
    }
    expect(text).toBe('1\n');
    expect(() => personKeySecret({ path }, {})).toThrow(
      expect.objectContaining({ code: 'disk-full' }) as Error,
    );
  });

  it('a write that the engine does not notice to fail is no success', async () => {
    const path = join(folder, 'limited');
    // A limit on the size of files, past which writes fail though there is room. Without the trap its signal would end
    // the process; without our own look, the engine acknowledges what it could not write.
    const limit = ['sh', '-c', 'trap "" XFSZ; ulimit -f 8000; exec "$@"', 'sh'];
    const child = new Child('fill', [path, '500000'], limit);
    expect(await child.line('failed')).toBe('failed disk-full');
    const acknowledged = storedBy(child);
    expect(acknowledged).toBeGreaterThan(0);
    child.say('try again');
    await child.ended();
    expect(storedBy(child)).toBe(acknowledged + 100);
    await expectStored(path, acknowledged + 100);
  });

  it.skipIf(!hasSmallDisk)('changes no table or view, whose definition would be cut off', async () => {
    const path = join(small, 'schema');
    const ballast = join(small, 'ballast');
    const warehouse = await openWarehouse({ path });
    await migrate(warehouse);
    fill(ballast);
    const views = [{ name: 'metrics.one', sql: 'CREATE OR REPLACE VIEW metrics.one AS SELECT 1 AS value' }];
    await expect(migrate(warehouse, { views })).rejects.toMatchObject({ code: 'disk-full' });
    await warehouse.close();
    rmSync(ballast);
    const again = await openWarehouse({ path });
    expect(await migrate(again, { views })).toEqual(['metrics.one']);
    await again.close();
  });
});

/** Takes all the room there is. */
function fill(file: string): void {
  try {
    writeFileSync(file, Buffer.alloc(64 * 1024 * 1024));
  } catch {
    // What fits is there, and nothing else does.
  }
}
