import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBusyRepository } from '../testing/busy-repository.ts';
import { runCli } from '../testing/cli-process.ts';
import { startServe } from '../testing/serve-process.ts';
import { dumpWarehouse } from '../testing/warehouse-dump.ts';

/** `npm run soak` asks for thirty. */
const kills = Number(process.env['BELLWETHER_SOAK_SERVER_KILLS'] ?? 1);

describe('collecting through a server', () => {
  it(`gives the undisturbed warehouse after kill -9 of the server at ${String(kills)} random moments`, async () => {
    await using repository = await makeBusyRepository(1_500);
    const folder = await mkdtemp(join(tmpdir(), 'bellwether-serve-crash-'));
    const path = (name: string): string => join(folder, name);
    const collect = (data: string): ReturnType<typeof runCli> =>
      runCli(['collect', '--path', repository.path, '--data', path(data)]);
    try {
      expect((await collect('undisturbed')).code).toBe(0);
      const expected = await dumpWarehouse(path('undisturbed'));
      expect([...expected.values()].flat().length).toBeGreaterThan(5_000);

      const served = await startServe(['--data', path('served')]);
      const through = await collect('served');
      expect(through.stderr).not.toContain('Error');
      expect(through.code).toBe(0);
      expect(await served.stop()).toBe(0);
      expect(await dumpWarehouse(path('served'))).toEqual(expected);

      // Each warehouse is hit again and again until a run comes through; then another one begins.
      let killed = 0;
      for (let round = 0; killed < kills; round += 1) {
        const data = `killed-${String(round)}`;
        for (let isThrough = false; !isThrough && killed < kills;) {
          const server = await startServe(['--data', path(data)]);
          const collecting = collect(data);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * through.seconds * 1_100));
          await server.kill();
          const outcome = await collecting;
          isThrough = outcome.code === 0 && !outcome.stderr.includes('Error');
          if (isThrough) continue;
          killed += 1;
          // Who comes when the server has just gone opens the folder itself, and that is as good.
          expect(outcome.stderr).toContain('(server-ended)');
          expect(outcome.stderr).toContain('bellwether serve');
          expect(outcome.code).toBe(1);
        }
        const last = await startServe(['--data', path(data)]);
        const again = await collect(data);
        expect(again.stderr).not.toContain('Error');
        expect(again.code).toBe(0);
        expect(await last.stop()).toBe(0);
        expect(await dumpWarehouse(path(data))).toEqual(expected);
        await rm(path(data), { recursive: true });
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 3_600_000);
});
