import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { DiskGuard } from './disk-guard.ts';

/** What the engine counts: the system's refusals to write, whoever's they were. */
let refusals = 0;
type Connection = Parameters<DiskGuard['before']>[0];
const connection = {
  queryAsync: () => Promise.resolve({ text: () => `${String(refusals)}\n` }),
} as unknown as Connection;
const folder = temporaryFolder();

afterEach(() => (refusals = 0));

describe('writes side by side', () => {
  it('all fail when one was refused, whichever looks first, because nobody knows whose it was', async () => {
    const guard = new DiskGuard(folder);
    const [first, second] = [await guard.before(connection, 0), await guard.before(connection, 0)];
    refusals += 1;
    await expect(guard.after(connection, second)).rejects.toMatchObject({ code: 'disk-full' });
    await expect(guard.after(connection, first)).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('count again once there is room, and when nothing was refused', async () => {
    const guard = new DiskGuard(folder);
    const refused = await guard.before(connection, 0);
    refusals += 1;
    await expect(guard.after(connection, refused)).rejects.toMatchObject({ code: 'disk-full' });
    const [first, second] = [await guard.before(connection, 0), await guard.before(connection, 0)];
    await guard.after(connection, second);
    await guard.after(connection, first);
  });

  it('fail, too, where what began before was refused: it may have been theirs', async () => {
    const guard = new DiskGuard(folder);
    const early = await guard.before(connection, 0);
    refusals += 1;
    const late = await guard.before(connection, 0);
    await expect(guard.after(connection, early)).rejects.toMatchObject({ code: 'disk-full' });
    await expect(guard.after(connection, late)).rejects.toMatchObject({ code: 'disk-full' });
  });
});
