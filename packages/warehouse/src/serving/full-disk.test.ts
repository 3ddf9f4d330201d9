import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { afterAll, describe, expect, it } from 'vitest';
import { admitted, body, context, inserting, textOf } from '../../test/served-warehouse.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openServedWarehouse } from './open-served-warehouse.ts';

const small = join(temporaryFolder(), 'small');

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
  if (hasSmallDisk) execFileSync('umount', ['--lazy', small], { stdio: 'ignore' });
});

async function* random(megabytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  const { randomBytes } = await import('node:crypto');
  for (let count = 0; count < megabytes * 16; count++) {
    yield Buffer.from(
      `${randomBytes(32 * 1024)
        .toString('hex')
        .replaceAll('f', 'e')}\n`,
    );
  }
}

describe.runIf(hasSmallDisk)('on a full disk', () => {
  it('an insert is refused as a whole, and what was stored can be read', async () => {
    const served = await openServedWarehouse({ path: join(small, 'data') }, { readers: 1 });
    try {
      await served.warehouse.command('CREATE DATABASE metrics');
      await served.warehouse.command(
        'CREATE TABLE metrics.words (word String) ENGINE = MergeTree ORDER BY tuple()',
      );
      const insert = (rows: AsyncIterable<Uint8Array>): Promise<unknown> =>
        served.insert(inserting(['word'], 'metrics.words'), context(), rows);
      await insert(body('stored\n'));
      // While it is on its way, and when there is room for the body but not for the table.
      for (const megabytes of [60, 20]) {
        const error: unknown = await insert(random(megabytes)).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(BellwetherError);
        expect(error).toMatchObject({ code: 'disk-full' });
      }
      expect(await textOf(served.run(admitted('SELECT word FROM words'), context()))).toBe('stored\n');
      await insert(body('again\n'));
      expect(await textOf(served.run(admitted('SELECT count() FROM words'), context()))).toBe('2\n');
    } finally {
      await served.close(0);
    }
  });
});
