import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestRepository } from '@bellwether/sources/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBusyRepository } from '../testing/busy-repository.ts';
import { type CliOptions, type CliOutcome, runCli } from '../testing/cli-process.ts';
import { dumpWarehouse } from '../testing/warehouse-dump.ts';

/** `npm run soak` asks for fifty. */
const kills = Number(process.env['BELLWETHER_SOAK_KILLS'] ?? 3);

let repository: TestRepository;
let folder: string;
let undisturbed: CliOutcome;
let expected: Map<string, string[]>;

const path = (data: string): string => join(folder, data);
const collect = (data: string, signalAfter?: CliOptions['signalAfter']): Promise<CliOutcome> =>
  runCli(['collect', '--path', repository.path, '--data', path(data)], signalAfter ? { signalAfter } : {});

beforeAll(async () => {
  repository = await makeBusyRepository(1_500);
  folder = await mkdtemp(join(tmpdir(), 'bellwether-crash-'));
  undisturbed = await collect('undisturbed');
  expect(undisturbed.stderr).not.toContain('Error');
  expect(undisturbed.code).toBe(0);
  expected = await dumpWarehouse(path('undisturbed'));
  expect([...expected.values()].flat().length).toBeGreaterThan(5_000);
}, 600_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await repository[Symbol.asyncDispose]();
});

describe('collect', () => {
  it('ends with 5 on Ctrl-C, and gives the undisturbed warehouse when it is run again', async () => {
    const ms = undisturbed.seconds * 500;
    const cancelled = await collect('cancelled', { ms, signal: 'SIGINT' });
    expect(cancelled.code).toBe(5);
    expect(cancelled.stderr).toContain('Error (cancelled)');
    expect((await collect('cancelled')).code).toBe(0);
    expect(await dumpWarehouse(path('cancelled'))).toEqual(expected);
  }, 600_000);

  it(`gives the undisturbed warehouse after kill -9 at ${String(kills)} random moments`, async () => {
    // Each warehouse is killed again and again until a run comes through; then another one begins.
    let killed = 0;
    for (let round = 0; killed < kills; round += 1) {
      const data = `killed-${String(round)}`;
      for (let isThrough = false; !isThrough && killed < kills;) {
        const ms = Math.random() * undisturbed.seconds * 1_100;
        const { code } = await collect(data, { ms, signal: 'SIGKILL' });
        isThrough = code !== null;
        killed += isThrough ? 0 : 1;
      }
      const last = await collect(data);
      expect(last.stderr).not.toContain('Error');
      expect(await dumpWarehouse(path(data))).toEqual(expected);
    }
  }, 3_600_000);
});
