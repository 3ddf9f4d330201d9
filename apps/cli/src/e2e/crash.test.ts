import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBusyRepository } from '../testing/busy-repository.ts';
import { runCli } from '../testing/cli-process.ts';
import { dumpWarehouse } from '../testing/warehouse-dump.ts';

/** `npm run soak` asks for fifty. */
const kills = Number(process.env['BELLWETHER_SOAK_KILLS'] ?? 3);

describe('collect', () => {
  it('ends with 5 on Ctrl-C, and gives the undisturbed warehouse when it is run again', async () => {
    await using repository = await makeBusyRepository(1_500);
    const folder = await mkdtemp(join(tmpdir(), 'bellwether-cancel-'));
    const path = (name: string): string => join(folder, name);
    const args = (data: string): string[] => ['collect', '--path', repository.path, '--data', path(data)];
    try {
      const undisturbed = await runCli(args('undisturbed'));
      const ms = undisturbed.seconds * 500;
      const cancelled = await runCli(args('cancelled'), { signalAfter: { ms, signal: 'SIGINT' } });
      expect(cancelled.code).toBe(5);
      expect(cancelled.stderr).toContain('Error (cancelled)');
      expect((await runCli(args('cancelled'))).code).toBe(0);
      expect(await dumpWarehouse(path('cancelled'))).toEqual(await dumpWarehouse(path('undisturbed')));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it(`gives the undisturbed warehouse after kill -9 at ${String(kills)} random moments`, async () => {
    await using repository = await makeBusyRepository(1_500);
    const folder = await mkdtemp(join(tmpdir(), 'bellwether-crash-'));
    try {
      const collect = (data: string, killAfter?: number): ReturnType<typeof runCli> =>
        runCli(
          ['collect', '--path', repository.path, '--data', join(folder, data)],
          killAfter === undefined ? {} : { signalAfter: { ms: killAfter, signal: 'SIGKILL' } },
        );
      const undisturbed = await collect('undisturbed');
      expect(undisturbed.stderr).not.toContain('Error');
      expect(undisturbed.code).toBe(0);
      const expected = await dumpWarehouse(join(folder, 'undisturbed'));
      expect([...expected.values()].flat().length).toBeGreaterThan(5_000);

      // Each warehouse is killed again and again until a run comes through; then another one begins.
      let killed = 0;
      for (let round = 0; killed < kills; round += 1) {
        const data = `killed-${String(round)}`;
        for (let isThrough = false; !isThrough && killed < kills;) {
          const { code } = await collect(data, Math.random() * undisturbed.seconds * 1_100);
          isThrough = code !== null;
          killed += isThrough ? 0 : 1;
        }
        const last = await collect(data);
        expect(last.stderr).not.toContain('Error');
        expect(await dumpWarehouse(join(folder, data))).toEqual(expected);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 3_600_000);
});
