import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Child } from '../test/child-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { openWarehouse } from './open-warehouse.ts';
import { personKeySecret } from './person-key-secret.ts';

const folder = temporaryFolder();
const small = join(folder, 'small');

/** A file system of 48 MB: only root can make one, and not in every container. */
const hasSmallDisk = ((): boolean => {
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', small], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
afterAll(() => {
  if (hasSmallDisk) execFileSync('umount', ['--lazy', small]);
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

  it.skipIf(!hasSmallDisk)('says so when it opens', async () => {
    const ballast = join(small, 'ballast');
    const path = join(small, 'another');
    mkdirSync(path);
    try {
      writeFileSync(ballast, Buffer.alloc(48 * 1024 * 1024));
    } catch {
      // What fits is there, and nothing else does.
    }
    await expect(openWarehouse({ path })).rejects.toMatchObject({ code: 'disk-full', retry: 'later' });
    expect(() => personKeySecret({ path }, {})).toThrow(
      expect.objectContaining({ code: 'disk-full' }) as Error,
    );
    rmSync(ballast);
    const warehouse = await openWarehouse({ path });
    await warehouse.close();
  });

  it('a limit on the size of files is told the same way', async () => {
    const path = join(folder, 'limited');
    // Without the trap the signal would end the process before the engine sees an error.
    const child = new Child(
      'fill',
      [path, '500000'],
      ['sh', '-c', 'trap "" XFSZ; ulimit -f 8000; exec "$@"', 'sh'],
    );
    expect(await child.line('failed')).toBe('failed disk-full');
    const acknowledged = storedBy(child);
    expect(acknowledged).toBeGreaterThan(0);
    await child.kill();
    await expectStored(path, acknowledged);
  });
});
