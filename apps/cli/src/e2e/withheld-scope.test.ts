import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import { metricViews } from '@bellwether/metrics';
import { migrate, openWarehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hiddenNames, storeCompanyWithSmallTeam } from '../testing/company-with-small-team.ts';
import { type InProcessOutcome, runInProcess } from '../testing/test-terminal.ts';

const now = Date.UTC(2024, 5, 1);
/** Whales are six, minnows two. */
const usual = { privacy: { minimumGroupSize: 5 } };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-withheld-'));
  const warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: metricViews() });
  await storeCompanyWithSmallTeam(warehouse);
  const { signal } = new AbortController();
  await deriveChanged({ warehouse, rules: deriveRules(Config.parse(usual)), talk: silentTalk, signal });
  await warehouse.close();
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

async function run(args: string[], config: object = usual): Promise<InProcessOutcome> {
  await writeFile(
    join(folder, 'bellwether.yaml'),
    JSON.stringify({ warehouse: { path: 'data' }, ...config }),
  );
  return runInProcess(args, { cwd: folder, now });
}

/** The whole answer, with what was typed taken out of it. */
async function answer(args: string[], typed: string): Promise<string> {
  const { code, stdout, talk } = await run([...args, typed]);
  return JSON.stringify([code, stdout, talk]).replaceAll(typed, '<typed>');
}

const rows = ['explain', 'change_lead_time', '--rows'];

describe('what is withheld', () => {
  it.each([
    [['report', '--team']],
    [['report', '--group']],
    [['report', '--service']],
    [['report', '--team', 'whale-team', '--team']],
    [[...rows, '--team']],
    [[...rows, '--group']],
    [[...rows, '--service']],
  ])('is as unknown as a name that nobody has: %s', async (args) => {
    const unknown = await answer(args, 'nosuch');
    expect(unknown).toMatch(/^\[2,"",/);
    expect(await answer(args, '(withheld)')).toBe(unknown);
  });

  it.each([[['report', '--team']], [rows.concat('--team')]])(
    'is not told apart by its answer, by no name of it: %s',
    async (args) => {
      const unknown = await answer(args, 'nosuch');
      for (const name of ['minnow-team', 'Minnow-Team', 'acme/minnow-team']) {
        expect(await answer(args, name), name).toBe(unknown);
      }
    },
  );

  it('is asked for by a short name where it may be shown', async () => {
    const { code, stdout } = await run(['report', '--team', 'whale-team']);
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'team acme/whale-team · production']);
  });

  it('is not an example of what is wrong with the data', async () => {
    for (const more of [[], ['--json']]) {
      const { code, stdout } = await run(['report', '--all', ...more]);
      expect(code).toBe(0);
      expect(stdout).toContain('Paths of the catalogue that match no file');
      expect(hiddenNames.filter((name) => stdout.includes(name))).toEqual([]);
    }
  }, 120_000);
});

describe('a group size that was raised after the facts were derived', () => {
  const raised = { privacy: { minimumGroupSize: 7 } };
  const names = [...hiddenNames, 'whale-team', 'whale-group', 'whale-service'];

  it('is said first, and nothing is told apart by team or service', async () => {
    const agreement = { name: 'Soon', metric: 'change_lead_time', atMost: '1d' };
    const config = {
      ...raised,
      agreements: [agreement, { ...agreement, name: 'Ours', teams: ['whale-team'] }],
    };
    const { code, stdout, talk } = await run(['report', '--all'], config);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^! privacy\.minimumGroupSize is 7, and what is stored was derived with 5/);
    expect(talk[0]).toContain('Next: bellwether collect');
    expect(stdout).toContain('Soon (at most 1d)');
    const body = stdout.replace(/The agreement "Ours" names the team "whale-team"[^\n]*/g, '');
    expect(names.filter((name) => body.includes(name))).toEqual([]);
  }, 120_000);

  it('is in the JSON', async () => {
    const { stdout } = await run(['report', '--json'], raised);
    const [report] = JSON.parse(stdout) as { warnings: string[]; scopes: { part: unknown }[] }[];
    expect(report?.warnings[0]).toContain('privacy.minimumGroupSize is 7');
    expect(report?.scopes.map(({ part }) => part)).toEqual([null]);
    expect(names.filter((name) => stdout.includes(name))).toEqual([]);
  });

  it.each([
    [['report', '--team', 'whale-team']],
    [['report', '--service', 'whale-service']],
    [['report', '--group', 'acme/whale-group']],
    [rows],
  ])('refuses %s', async (args) => {
    const { code, stdout, talk } = await run(args, raised);
    expect([code, stdout]).toEqual([1, '']);
    expect(talk.join('\n')).toContain('Error (group-size-outdated)');
  });

  it('is nothing to say when it was lowered', async () => {
    const { code, talk } = await run(['report', '--team', 'whale-team'], {
      privacy: { minimumGroupSize: 2 },
    });
    expect([code, talk]).toEqual([0, []]);
  });
});

describe('a report says', () => {
  it('which teams of agreements and targets it cannot show, alike for all reasons', async () => {
    const { code, stdout, talk } = await run(['report'], {
      ...usual,
      agreements: [
        {
          name: 'Soon',
          metric: 'change_lead_time',
          atMost: '1d',
          teams: ['lynx', 'minnow-team', 'whale-team'],
        },
      ],
      targets: [{ metric: 'change_lead_time', value: '1d', teams: ['lynx'] }],
    });
    expect(code).toBe(0);
    const words = 'nothing is known of it, or it has too few people to be shown. Known are: acme/whale-team';
    expect(talk).toEqual([
      `The agreement "Soon" names the team "lynx": ${words}`,
      `The agreement "Soon" names the team "minnow-team": ${words}`,
      `The target of change_lead_time names the team "lynx": ${words}`,
    ]);
    expect(stdout).toContain('Soon (at most 1d) (lynx, minnow-team, whale-team)');
    expect(stdout).not.toContain('acme/minnow-team');
  });

  it('from when on it is known who was in which team', async () => {
    const { stdout } = await run(['report', '--since', '2023-11-01']);
    // Six whales and two minnows stood in their teams already; one membership has a date. First read on 1 January 2024.
    expect(stdout).toContain(
      'Who was in which team before 1 Jan 2024: of 8 of 9 memberships no start is known',
    );
    expect((await run(['report', '--since', '2024-01-10'])).stdout).not.toContain('Who was in which team');
  });
});

describe('a usage error', () => {
  it.each(['--team', '--group', '--repo', '--organisation', '--service'])(
    'is %s of nothing',
    async (flag) => {
      for (const command of [['report'], rows]) {
        const { code, talk } = await run([...command, flag, '']);
        expect([code, talk.join('\n')]).toEqual([2, expect.stringContaining(`${flag} is empty.`)]);
      }
    },
  );

  it('is a window without a length, called so', async () => {
    const { code, talk } = await run(['report', '--since', '2024-01-20', '--until', '2024-01-20']);
    expect(code).toBe(2);
    expect(talk.join('\n')).toContain('The window is empty: it begins and ends on 2024-01-20.');
  });
});
