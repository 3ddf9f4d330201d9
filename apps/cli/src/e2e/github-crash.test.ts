import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@bellwether/core';
import { generateWorld, noLimits, startGitHub, writeRepositories } from '@bellwether/simulator';
import { expect, it } from 'vitest';
import { runCli } from '../testing/cli-process.ts';
import { dumpWarehouse } from '../testing/warehouse-dump.ts';

/** `npm run soak` asks for fifty. */
const kills = Number(process.env['BELLWETHER_SOAK_KILLS'] ?? 4);
const token = 'ghp_tokenOfTheCrashTest000000';

it(`collecting from GitHub gives the undisturbed warehouse after kill -9 at ${String(kills)} random moments`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-github-crash-'));
  const world = generateWorld({ seed: 11, repositories: 3, years: 0.3, now: Date.now() - 3_600_000 });
  await writeRepositories(world, join(folder, 'git'));
  const github = await startGitHub({
    world,
    seed: 11,
    clock: systemClock,
    limits: noLimits,
    gitFolder: join(folder, 'git'),
    tokens: [{ kind: 'classic', value: token, login: 'reader', scopes: ['repo', 'read:org'] }],
  });
  const config = `github: { url: '${github.url}', organisations: [${world.organisation.login}] }\n`;
  const collect = async (name: string, killAfter?: number): ReturnType<typeof runCli> => {
    const cwd = join(folder, name);
    await mkdir(cwd, { recursive: true });
    await writeFile(join(cwd, 'bellwether.yaml'), config);
    return runCli(['collect', '--source', 'github'], {
      cwd,
      env: { GITHUB_TOKEN: token },
      ...(killAfter === undefined ? {} : { signalAfter: { ms: killAfter, signal: 'SIGKILL' } }),
    });
  };
  const dump = async (name: string): Promise<Map<string, string[]>> =>
    withoutInstants(await dumpWarehouse(join(folder, name, '.bellwether', 'data')));
  try {
    const undisturbed = await collect('undisturbed');
    expect(undisturbed.stderr).not.toContain('Error');
    expect(undisturbed.code).toBe(0);
    const expected = await dump('undisturbed');
    expect([...expected.values()].flat().length).toBeGreaterThan(1_000);

    // Each warehouse is killed again and again until a run comes through; then another one begins.
    let killed = 0;
    for (let round = 0; killed < kills; round += 1) {
      const name = `killed-${String(round)}`;
      for (let isThrough = false; !isThrough && killed < kills;) {
        const { code } = await collect(name, Math.random() * undisturbed.seconds * 1_100);
        isThrough = code !== null;
        killed += isThrough ? 0 : 1;
      }
      const last = await collect(name);
      expect(last.stderr).not.toContain('Error');
      expect(last.code).toBe(0);
      expect(await dump(name)).toEqual(expected);
      expect(last.stdout + last.stderr).not.toContain(token);
    }
  } finally {
    await github.close();
    await rm(folder, { recursive: true });
  }
}, 3_600_000);

/** When something was asked differs from run to run; what was answered does not. */
function withoutInstants(dump: Map<string, string[]>): Map<string, string[]> {
  const rows = (dump.get('raw.records') ?? []).map((row) => {
    const { fetched_at: _, ...rest } = JSON.parse(row) as Record<string, unknown>;
    return JSON.stringify(rest);
  });
  const kept = new Map(dump);
  kept.delete('ops.cursors');
  return kept.set('raw.records', rows.sort());
}
